/** Terms of a partial index: numbered as they are asked for, with the frequencies of the whole collection. */
import type { Lists } from '../index/invert.js';
import type { SearchPassage } from '../ports/passage-search.js';
import { joinLists, listOf } from './joined-lists.js';
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
  /** Of sentence rows: the question's terms alone, which is all that is scored. */
  readonly sentences: Lists;
  readonly titles: Lists;
  /** Of the question's terms. */
  private readonly found: readonly { readonly passages: number[]; readonly frequency: number[] }[];

  /** @param frequencies passages of the collection that hold a term, by hash; 0 says that none does */
  constructor(
    private readonly passages: readonly SearchPassage[],
    private readonly frequencies: ReadonlyMap<number, number>,
    private readonly memo: PassageMemo,
  ) {
    const found = Array.from({ length: memo.questionTerms }, () => ({
      passages: [] as number[],
      frequency: [] as number[],
    }));
    const folded = passages.map((passage) => memo.of(passage));
    folded.forEach(({ held, frequency }, p) => {
      for (let i = 0; i < held.length; i++) {
        const postings = found[held[i]!]!;
        postings.passages.push(p);
        postings.frequency.push(frequency[i]!);
      }
    });
    this.found = found;
    this.titles = joinLists(folded.map(({ title }) => title));
    const items = joinLists(folded.map(({ rowTerms }) => rowTerms));
    let rows = 0;
    for (const { rowStart } of folded) rows += rowStart.length - 1;
    const start = new Uint32Array(rows + 1);
    let row = 0;
    folded.forEach(({ rowStart }, p) => {
      for (let r = 1; r < rowStart.length; r++) start[++row] = items.start[p]! + rowStart[r]!;
    });
    this.sentences = { start, items: items.items };
    this.capacity = memo.hashes.length + frequencies.size + SLACK;
  }

  term(stem: string): number {
    const hash = termHash(stem);
    return this.frequencies.get(hash) === 0 ? -1 : this.memo.term(hash);
  }

  df(term: number): number {
    return this.frequencies.get(this.memo.hashes[term]!) ?? this.postings(term).passages.length;
  }

  postings(term: number): Postings {
    const known = this.found[term];
    if (known !== undefined) {
      return { passages: Uint32Array.from(known.passages), frequency: Uint16Array.from(known.frequency) };
    }
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
    return listOf(this.titles, p);
  }
}
