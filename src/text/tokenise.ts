/** Words of a text with their offsets in the original: letter or digit runs with one inner apostrophe part, a final 's cut. */
import { fold } from './fold.js';

/** First character of a token: 0 lower case or no case, 1 upper case, 2 digit. */
export type Shape = 0 | 1 | 2;

/** Tokens as parallel arrays, in text order. */
export interface Tokens {
  readonly count: number;
  /** Folded, lower case, apostrophes removed. */
  readonly words: readonly string[];
  /** UTF-16 offsets in the text given. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly shape: Uint8Array;
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:'[\p{L}\p{N}\p{M}]+)?/gu;
const UNSEGMENTED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const UPPER = /^\p{Lu}/u;
const DIGIT = /^\p{Nd}/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Splits a text into tokens, for any script; scripts without blanks between words are cut by Intl.Segmenter. */
export function tokenise(text: string): Tokens {
  const folded = fold(text);
  const words: string[] = [];
  const start: number[] = [];
  const end: number[] = [];
  const shape: number[] = [];
  const back = folded.offsets;
  const push = (word: string, from: number, to: number): void => {
    const lower = word.toLowerCase().replaceAll("'", '');
    if (lower === '') return;
    words.push(lower);
    start.push(back === undefined ? from : back[from]!);
    end.push(back === undefined ? to : back[to]!);
    shape.push(UPPER.test(word) ? 1 : DIGIT.test(word) ? 2 : 0);
  };
  for (const match of folded.text.matchAll(WORD)) {
    let word = match[0];
    const from = match.index;
    if (UNSEGMENTED.test(word)) {
      for (const part of segmenter.segment(word)) push(part.segment, from + part.index, from + part.index + part.segment.length);
      continue;
    }
    if (word.length > 2 && /'s$/i.test(word)) word = word.slice(0, -2);
    push(word, from, from + word.length);
  }
  return { count: words.length, words, start: Uint32Array.from(start), end: Uint32Array.from(end), shape: Uint8Array.from(shape) };
}
