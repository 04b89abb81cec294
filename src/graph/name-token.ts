/** Whether one token by itself can be a name: the rule of one-word gazetteer matches, the same for passage and question. */
import { stopWords, type Tokens } from '../text/index.js';
import { SENTENCE_HEADS } from './function-words.js';
import { isCaseless } from './word-table.js';

const STOP = stopWords('en');

/**
 * True for a capitalised word that is no function word, and for a word of two or more characters of a script without case.
 * @param i token; 0 is the head of the sentence, where more function words are capitalised
 */
export function isNameToken(tokens: Tokens, i: number): boolean {
  const word = tokens.words[i]!;
  if (STOP.has(word)) return false;
  if (tokens.shape[i] === 1) return i > 0 || !SENTENCE_HEADS.has(word);
  return tokens.shape[i] === 0 && word.length > 1 && isCaseless(word);
}
