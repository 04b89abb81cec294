/** The one normalisation of names: folded lower-case tokens joined by one blank, without a leading article. */
import { tokenise } from '../text/index.js';

const ARTICLES = new Set(['the', 'a', 'an']);

/** Key of a name given as folded words. */
export function wordsKey(words: readonly string[]): string {
  return (words.length > 1 && ARTICLES.has(words[0]!) ? words.slice(1) : words).join(' ');
}

/** Key of a name as written; empty when it holds no letter or digit. */
export function nameKey(name: string): string {
  return wordsKey(tokenise(name).words);
}
