/** Interned words with the properties that name matching asks for, so that matching compares integers. */
import { stopWords } from '../text/index.js';
import { CONNECTIVES, SENTENCE_HEADS } from './function-words.js';
import { isUnsegmented } from './name-key.js';

export const WORD_FLAGS = { stop: 1, head: 2, connective: 4, article: 8, caseless: 16, unsegmented: 32 } as const;

const LETTER = /\p{L}/u;

/** True for words of scripts without upper and lower case (Han, Arabic, Thai, Devanagari ...). */
export function isCaseless(word: string): boolean {
  return word.charCodeAt(0) > 0x7f && word.toUpperCase() === word && LETTER.test(word);
}

/** Flags of function words; one look-up a word instead of one a class. */
const FUNCTION_WORDS: ReadonlyMap<string, number> = (() => {
  const flags = new Map<string, number>();
  const mark = (words: Iterable<string>, flag: number): void => {
    for (const word of words) flags.set(word, (flags.get(word) ?? 0) | flag);
  };
  mark(stopWords('en'), WORD_FLAGS.stop);
  mark(SENTENCE_HEADS, WORD_FLAGS.head);
  mark(CONNECTIVES, WORD_FLAGS.connective);
  mark(['the', 'a', 'an'], WORD_FLAGS.article);
  return flags;
})();

function flagsOf(word: string): number {
  const flags = FUNCTION_WORDS.get(word) ?? 0;
  if (word.charCodeAt(0) <= 0x7f) return flags;
  return flags | (isCaseless(word) ? WORD_FLAGS.caseless : 0) | (isUnsegmented(word) ? WORD_FLAGS.unsegmented : 0);
}

/** Word <-> number; numbers are dense and follow the order of arrival. */
export class WordTable {
  readonly words: string[] = [];
  readonly flags: number[] = [];
  private readonly numbers = new Map<string, number>();

  /** @param words numbered 0.. in this order; distinct */
  constructor(words: Iterable<string> = []) {
    for (const word of words) this.intern(word);
  }

  intern(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.words.length;
    this.numbers.set(word, number);
    this.words.push(word);
    this.flags.push(flagsOf(word));
    return number;
  }

  /** Properties of a word, known or not. */
  flagsOf(word: string): number {
    const number = this.find(word);
    return number < 0 ? flagsOf(word) : this.flags[number]!;
  }

  /** -1 when unknown. */
  find(word: string): number {
    return this.numbers.get(word) ?? -1;
  }
}
