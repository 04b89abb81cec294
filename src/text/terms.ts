/** Terms: tokens without stop words, stemmed by language. */
import { stem } from './stem.js';
import { stopWords } from './stop-words.js';
import { tokenise } from './tokenise.js';

/** Terms of a text in order, with repetitions. */
export function terms(text: string, language: string): string[] {
  const stop = stopWords(language);
  const out: string[] = [];
  for (const word of tokenise(text).words) if (!stop.has(word)) out.push(stem(word, language));
  return out;
}
