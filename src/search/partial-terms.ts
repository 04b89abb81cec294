/** Terms of a partial index: numbered as they are asked for, with the frequencies of the whole collection. */
import type { SearchPassage } from '../ports/passage-search.js';
import { termHash } from './term-hash.js';

/** Stems that may be asked for and that no passage holds. */
const SLACK = 4_096;

interface Postings {
  readonly passages: Uint32Array;
  readonly frequency: Uint16Array;
}

export class PartialTerms {
  /** More than there are terms: numbers are given as terms are met. */
  readonly capacity: number;
  private readonly numbers = new Map<number, number>();
  private readonly hashes: number[] = [];
  private readonly rows = new Map<number, Uint32Array>();

  /** @param frequencies passages of the collection that hold a term, by hash; 0 says that none does */
  constructor(
    private readonly passages: readonly SearchPassage[],
    private readonly frequencies: ReadonlyMap<number, number>,
  ) {
    let held = 0;
    for (const { terms } of passages) held += terms.hashes.length;
    this.capacity = held + frequencies.size + SLACK;
  }

  term(stem: string): number {
    const hash = termHash(stem);
    return this.frequencies.get(hash) === 0 ? -1 : this.number(hash);
  }

  df(term: number): number {
    return this.frequencies.get(this.hashes[term]!) ?? this.postings(term).passages.length;
  }

  postings(term: number): Postings {
    const hash = this.hashes[term]!;
    const passages: number[] = [];
    const frequency: number[] = [];
    this.passages.forEach(({ terms }, p) => {
      const at = terms.hashes.indexOf(hash);
      if (at < 0) return;
      passages.push(p);
      frequency.push(terms.frequency[at]!);
    });
    return { passages: Uint32Array.from(passages), frequency: Uint16Array.from(frequency) };
  }

  /** @param row over all passages, under which the terms are kept */
  ofRow(p: number, rowOfPassage: number, row: number): Uint32Array {
    let found = this.rows.get(row);
    if (found === undefined) {
      const { hashes, rowStart, rowTerms } = this.passages[p]!.terms;
      found = this.numbered(hashes, rowTerms.subarray(rowStart[rowOfPassage]!, rowStart[rowOfPassage + 1]!));
      this.rows.set(row, found);
    }
    return found;
  }

  ofTitle(p: number): Uint32Array {
    const { hashes, title } = this.passages[p]!.terms;
    return this.numbered(hashes, title);
  }

  private numbered(hashes: Float64Array, positions: Uint16Array): Uint32Array {
    return Uint32Array.from(positions, (position) => this.number(hashes[position]!)).sort();
  }

  private number(hash: number): number {
    let number = this.numbers.get(hash);
    if (number === undefined) {
      number = this.hashes.length;
      this.numbers.set(hash, number);
      this.hashes.push(hash);
    }
    return number;
  }
}
