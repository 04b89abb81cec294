/** What the search keeps of documents, by the same fold of terms as the RetrievalIndex. A pure function of each document. */

import { claimsOf } from '../graph/gazetteer.js';
import { PassageTable } from '../graph/passage-table.js';
import { foldTerms } from '../index/fold-terms.js';
import type { IndexDocument } from '../index/index-source.js';
import { StringTable } from '../index/string-table.js';
import type { PassageTerms } from '../ports/passage-search.js';
import { termHash } from './term-hash.js';

export interface DerivedPassage {
  readonly language: string;
  readonly length: number;
  readonly terms: PassageTerms;
  /** Each term as often as its frequency, with blanks between: what a full-text index is given. */
  readonly words: string;
}

export interface DerivedDocument {
  readonly source: IndexDocument;
  /** In order of the ordinals. */
  readonly passages: readonly DerivedPassage[];
  /** Greatest weight of each alias. */
  readonly aliases: ReadonlyMap<string, number>;
}

/** Positions of the items of `all` within the group `of`, which is short. */
function positions(items: Uint32Array, of: ReadonlyMap<number, number>): Uint16Array {
  return Uint16Array.from(items, (item) => of.get(item)!);
}

/** Derives a batch of documents; a batch shares the work on equal words. */
export function derivePassages(documents: readonly IndexDocument[]): DerivedDocument[] {
  const table = new PassageTable();
  const put = documents.map((document) => table.put(document));
  const slots = put.flatMap((document) => document.slots);
  const sentenceStart = new Uint32Array(slots.length + 1);
  slots.forEach((slot, p) => {
    sentenceStart[p + 1] = sentenceStart[p]! + table.rows(slot);
  });
  const { sections } = foldTerms(table, slots, sentenceStart);
  const stems = new StringTable({ bytes: sections.termBytes, offsets: sections.termOffsets }).all();
  const hashes = stems.map(termHash);
  const own: { ids: number[]; frequency: number[] }[] = slots.map(() => ({ ids: [], frequency: [] }));
  for (let term = 0; term < stems.length; term++) {
    for (let i = sections.postingStart[term]!; i < sections.postingStart[term + 1]!; i++) {
      const passage = own[sections.postingPassages[i]!]!;
      passage.ids.push(term);
      passage.frequency.push(sections.postingFrequency[i]!);
    }
  }
  const derive = (p: number, ends: Uint32Array): DerivedPassage => {
    const { ids, frequency } = own[p]!;
    const place = new Map(ids.map((id, i) => [id, i]));
    const { sentenceTermStart, sentenceTerms, titleTermStart, titleTerms } = sections;
    const [firstRow, endRow] = [sentenceStart[p]!, sentenceStart[p + 1]!];
    const base = sentenceTermStart[firstRow]!;
    return {
      language: table.slot(slots[p]!).language,
      length: sections.length[p]!,
      terms: {
        hashes: Float64Array.from(ids, (id) => hashes[id]!),
        frequency: Uint16Array.from(frequency),
        rowStart: sentenceTermStart.slice(firstRow, endRow + 1).map((at) => at - base),
        rowTerms: positions(sentenceTerms.subarray(base, sentenceTermStart[endRow]), place),
        title: positions(titleTerms.subarray(titleTermStart[p]!, titleTermStart[p + 1]!), place),
        sentenceEnds: ends,
      },
      words: ids.map((id, i) => `${stems[id]!} `.repeat(frequency[i]!)).join(''),
    };
  };
  let p = 0;
  return documents.map((source, d) => {
    const ordered = [...source.passages].sort((a, b) => a.passage.ordinal - b.passage.ordinal);
    const passages = ordered.map(({ contribution }) => {
      const rows = sentenceStart[p + 1]! - sentenceStart[p]!;
      // A text without tokens has a sentence row for each of its sentences all the same.
      const ends = Uint32Array.from({ length: rows - 1 }, (_, s) => contribution.sentences[2 * s + 1] ?? 0);
      return derive(p++, ends);
    });
    const aliases = new Map([...claimsOf(put[d]!.aliases)].map(([key, { weight }]) => [key, weight]));
    return { source, passages, aliases };
  });
}

/** Sentence row of a span: the first sentence that ends behind the span's start, else the last. */
export function rowOfSpan(sentenceEnds: Uint32Array, start: number): number {
  let low = 0;
  let high = sentenceEnds.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (start < sentenceEnds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}
