/**
 * Names in scripts without blanks between words, by their characters: where a name stands in a sentence the words may be
 * cut otherwise than in the name alone, so any cut is accepted whose ends are ends of words.
 */
import { GLUED, SHAPE } from './table-columns.js';
import { WORD_FLAGS, type WordTable } from './word-table.js';

/** A single character of such a script is a word of the language more often than a name. */
const MIN_CHARACTERS = 2;

export class JoinedNames<T> {
  private readonly names = new Map<string, T>();
  private readonly firsts = new Set<number>();
  private longestName = 0;
  /** What the name that `longest` found last stands for. */
  found: T | undefined;

  constructor(private readonly words: WordTable) {}

  get size(): number {
    return this.names.size;
  }

  /** Adds a key when all its words are of such scripts; else it does nothing. */
  add(key: string, value: T): void {
    for (const word of key.split(' ')) if ((this.words.flagsOf(word) & WORD_FLAGS.unsegmented) === 0) return;
    const name = key.replaceAll(' ', '');
    if (name.length < MIN_CHARACTERS) return;
    this.names.set(name, value);
    this.firsts.add(name.charCodeAt(0));
    this.longestName = Math.max(this.longestName, name.length);
  }

  /** Length in tokens of the longest name that begins at `at` and that `accept` takes; 0 when there is none. */
  longest(tokens: Uint32Array, shapes: Uint8Array, at: number, end: number, accept: (value: T) => boolean): number {
    const { words, flags } = this.words;
    if ((flags[tokens[at]!]! & WORD_FLAGS.unsegmented) === 0) return 0;
    let name = words[tokens[at]!]!;
    if (!this.firsts.has(name.charCodeAt(0))) return 0;
    let longest = 0;
    for (let i = at + 1; ; i++) {
      const value = this.names.get(name);
      if (value !== undefined && accept(value)) {
        longest = i - at;
        this.found = value;
      }
      if (i >= end || (shapes[i]! & ~SHAPE) !== GLUED) return longest;
      name += words[tokens[i]!]!;
      if (name.length > this.longestName) return longest;
    }
  }
}
