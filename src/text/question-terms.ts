/** Terms of a question against a collection whose passages were each stemmed by their own language. */
import { detectLanguage } from './language.js';
import { stem } from './stem.js';
import { stopWords } from './stop-words.js';
import { type Tokens, tokenise } from './tokenise.js';

export interface QuestionTerm {
  readonly stem: string;
  /** The folded word it was made from. */
  readonly word: string;
  /** Index into the question's tokens. */
  readonly token: number;
}

/**
 * The distinct stems of a question in order. A word is stemmed by every language of the collection, since its passages
 * were; of the stems of one word those that the collection knows are kept, else the one of the first language (a word the
 * collection lacks must still count as missing, once).
 *
 * Stop words are those of the question's own language when it shows (`who was der Alte?`), else those of any language of
 * the collection.
 *
 * @param text the question, or its tokens
 * @param languages ISO 639-1 codes of the collection, most passages first; none means English
 * @param isKnown whether the collection has a term; without it every stem of a word is kept
 */
export function questionTerms(
  text: string | Tokens,
  languages: readonly string[],
  isKnown?: (stem: string) => boolean,
): QuestionTerm[] {
  const tokens = typeof text === 'string' ? tokenise(text) : text;
  const stems = languages.length === 0 ? ['en'] : languages;
  const lists = stopLists(typeof text === 'string' ? text : tokens.words.join(' '), stems);
  const seen = new Set<string>();
  const out: QuestionTerm[] = [];
  for (let token = 0; token < tokens.count; token++) {
    const word = tokens.words[token]!;
    if (lists.some((list) => list.has(word))) continue;
    const all = [...new Set(stems.map((language) => stem(word, language)))];
    const known = isKnown === undefined ? all : all.filter(isKnown);
    for (const found of known.length > 0 ? known : all.slice(0, 1)) {
      if (seen.has(found)) continue;
      seen.add(found);
      out.push({ stem: found, word, token });
    }
  }
  return out;
}

function stopLists(text: string, languages: readonly string[]): readonly ReadonlySet<string>[] {
  if (languages.length === 1) return [stopWords(languages[0]!)];
  const own = detectLanguage(text);
  return own === 'und' ? languages.map(stopWords) : [stopWords(own)];
}
