import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Analysis } from '../../../queries/retrieve/analyse-question.js';
import { inverseDocumentFrequency, lengthNorm, termWeight } from '../../../queries/retrieve/bm25.js';
import { TermMatches } from '../../../queries/retrieve/match-terms.js';
import { scratchOf } from '../../../queries/retrieve/scratch.js';
import type { RetrievalIndex } from '../../../src/index/retrieval-index.js';

/** A collection by the frequencies of its terms in each passage, and lengths. */
interface Collection {
  readonly frequencies: readonly (readonly number[])[];
  readonly lengths: readonly number[];
}

function indexOf({ frequencies, lengths }: Collection): RetrievalIndex {
  const n = lengths.length;
  const none = new Uint32Array(n + 1);
  const index = {
    passageCount: n,
    totalPassages: n,
    documentCount: n,
    termCount: frequencies.length,
    length: Float32Array.from(lengths),
    meanLength: lengths.reduce((a, b) => a + b, 0) / n,
    documentOf: Uint32Array.from(lengths.keys()),
    enabled: new Uint8Array(n).fill(1),
    sentenceStart: none,
    lists: {
      mentionStart: none,
      mentionRows: none,
      mentionEntities: none,
      entityPassageStart: none,
      entityPassages: none,
    },
    postings: (term: number) => {
      const passages = [...lengths.keys()].filter((p) => frequencies[term]![p]! > 0);
      return {
        passages: Uint32Array.from(passages),
        frequency: Uint16Array.from(passages, (p) => frequencies[term]![p]!),
      };
    },
  };
  return index as unknown as RetrievalIndex;
}

function analysisOf({ frequencies, lengths }: Collection): Analysis {
  // Terms that the collection lacks stand first and last.
  const ids = [-1, ...frequencies.keys(), -1];
  const terms = ids.map((id) => {
    const df = id < 0 ? 0 : frequencies[id]!.filter((f) => f > 0).length;
    return { stem: String(id), id, df, idf: inverseDocumentFrequency(lengths.length, df), entity: false };
  });
  const mass = terms.reduce((sum, { idf }) => sum + idf, 0);
  return { question: '', unnamed: '', entities: [], known: new Uint32Array(0), terms, mass };
}

/** Frequencies with many zeros, and some beyond what bounds are tabled for. */
const frequency = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat(4) }, fc.nat(40));
const collections = fc
  .record({ passages: fc.integer({ min: 1, max: 120 }), terms: fc.integer({ min: 1, max: 40 }) })
  .chain(({ passages, terms }) =>
    fc.record({
      frequencies: fc.array(fc.array(frequency, { minLength: passages, maxLength: passages }), {
        minLength: terms,
        maxLength: terms,
      }),
      lengths: fc.array(fc.oneof(fc.constant(30), fc.integer({ min: 1, max: 400 })), {
        minLength: passages,
        maxLength: passages,
      }),
    }),
  );

/** The scores of the formula, term after term. */
function plain(collection: Collection, analysis: Analysis, p: number): number {
  const mean = collection.lengths.reduce((a, b) => a + b, 0) / collection.lengths.length;
  const norm = Math.fround(lengthNorm(collection.lengths[p]!, mean));
  let sum = 0;
  for (const { id, idf } of analysis.terms) {
    const f = id < 0 ? 0 : collection.frequencies[id]![p]!;
    if (f > 0) sum += termWeight(idf, f, norm);
  }
  return sum;
}

describe('matching of terms', () => {
  it('gives the k best and every score of a plain sum to the last bit, within what may be seen', () => {
    fc.assert(
      fc.property(collections, fc.integer({ min: 1, max: 60 }), fc.boolean(), (collection, k, bounded) => {
        const index = indexOf(collection);
        const analysis = analysisOf(collection);
        const visible = bounded ? Uint8Array.from(collection.lengths, (length, p) => (length + p) % 3) : undefined;
        const expected = Array.from(collection.lengths, (_, p) =>
          visible?.[p] === 0 ? 0 : plain(collection, analysis, p),
        );
        // Twice over one scratch: the second finds it as the first left it.
        for (let turn = 0; turn < 2; turn++) {
          const matches = new TermMatches(index, analysis, visible, scratchOf(index));
          const { ids, scores } = matches.best(k);
          const best = [...expected.keys()]
            .filter((p) => expected[p]! > 0)
            .sort((a, b) => expected[b]! - expected[a]! || a - b)
            .slice(0, k);
          assert.deepEqual([...ids], best);
          assert.deepEqual(
            [...scores],
            best.map((p) => expected[p]!),
          );
          assert.deepEqual(
            expected.map((_, p) => matches.score(p)),
            expected,
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('tells which terms a passage holds, and what each contributes', () => {
    const collection = {
      frequencies: [
        [1, 0, 2],
        [3, 0, 0],
        [0, 0, 20],
      ],
      lengths: [4, 5, 30],
    };
    const index = indexOf(collection);
    const analysis = analysisOf(collection);
    const scratch = scratchOf(index);
    const matches = new TermMatches(index, analysis, undefined, scratch);
    const { slots } = scratch;
    slots.open(analysis.terms.length);
    for (let p = 0; p < 3; p++) matches.describe(p, slots.add(p));
    assert.deepEqual([...slots.low.subarray(0, 3)], [0b00110, 0, 0b01010]);
    assert.equal(slots.contributions[1]! + slots.contributions[2]!, slots.bm25[0]);
    assert.equal(slots.bm25[1], 0);
  });
});
