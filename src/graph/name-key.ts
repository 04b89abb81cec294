/** The one normalisation of names: folded lower-case tokens joined by one blank, without a leading article. */
import { classAt, UNSEGMENTED } from '../text/characters.js';
import { type Tokens, tokenise } from '../text/index.js';

const ARTICLES = new Set(['the', 'a', 'an']);

/** Key of a name given as folded words. */
export function wordsKey(words: readonly string[]): string {
  return (words.length > 1 && ARTICLES.has(words[0]!) ? words.slice(1) : words).join(' ');
}

/** Key of a name as written; empty when it holds no letter or digit. */
export function nameKey(name: string): string {
  return wordsKey(tokenise(name).words);
}

/** Whether a word belongs to a script that puts no blanks between words. */
export function isUnsegmented(word: string): boolean {
  return (classAt(word, 0) & UNSEGMENTED) !== 0;
}

/** Whether nothing stands between token i and the one before, both of scripts without blanks. */
export function isGlued(tokens: Tokens, i: number): boolean {
  const { start, end, words } = tokens;
  return i > 0 && start[i] === end[i - 1] && isUnsegmented(words[i]!) && isUnsegmented(words[i - 1]!);
}

/**
 * Key of words that stand in a text. In scripts without blanks the words are cut as in the name alone, so that a name
 * has one key wherever it stands.
 * @param glued whether word i follows word i - 1 without anything between
 */
export function phraseKey(words: readonly string[], glued: (i: number) => boolean): string {
  let whole = words[0] ?? '';
  let recut = false;
  for (let i = 1; i < words.length; i++) {
    const joined = glued(i);
    recut ||= joined;
    whole += joined ? words[i]! : ` ${words[i]!}`;
  }
  return recut ? nameKey(whole) : wordsKey(words);
}

/** Key of tokens [from, to) of a text. */
export function spanKey(tokens: Tokens, from: number, to: number): string {
  return phraseKey(tokens.words.slice(from, to), (i) => isGlued(tokens, from + i));
}
