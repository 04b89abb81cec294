/** Terms of a partial index: numbered as they are asked for, with the frequencies of the whole collection. */
import type { SearchPassage } from '../ports/passage-search.js';
import type { PassageMemo } from './passage-memo.js';
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
  /** @param frequencies passages of the collection that hold a term, by hash; 0 says that none does */
  constructor(
    private readonly passages: readonly SearchPassage[],
    private readonly frequencies: ReadonlyMap<number, number>,
    private readonly memo: PassageMemo,
  ) {
    let held = 0;
    for (const { terms } of passages) held += terms.hashes.length;
    this.capacity = held + frequencies.size + SLACK;
  }

  term(stem: string): number {
    const hash = termHash(stem);
    return this.frequencies.get(hash) === 0 ? -1 : this.memo.term(hash);
  }

  df(term: number): number {
    return this.frequencies.get(this.memo.hashes[term]!) ?? this.postings(term).passages.length;
  }

  postings(term: number): Postings {
    const hash = this.memo.hashes[term]!;
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

  ofRow(p: number, row: number): Uint32Array {
    return this.memo.rowOf(this.passages[p]!, row);
  }

  ofTitle(p: number): Uint32Array {
    return this.memo.titleOf(this.passages[p]!);
  }
}
