/**
 * Arrays as long as the collection that every question reuses instead of allocating: bounds of BM25, slots of the
 * question's view, marks of question terms. What is zero between questions each user puts back as it touched it, so that the
 * cost of a question follows what it touches. A question's work between two awaits owns them alone.
 */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import { inverseDocumentFrequency, lengthNorm, type WeightBounds, weightBounds } from './bm25.js';
import { Slots } from './slots.js';

export interface Scratch {
  /** `lengthNorm` of each passage. */
  readonly norm: Float32Array;
  readonly weightBounds: WeightBounds;
  /** BM25 from above while terms are matched (`match-terms.ts`). */
  readonly bound: Uint16Array;
  /** The same memory, two bounds a number. */
  readonly boundPairs: Int32Array;
  /** By 32 passages and question term: bits of the passages that hold it, and the position of its last posting there. */
  cells: Int32Array;
  /** Passages that match well enough to be scored. */
  readonly reached: Uint32Array;
  /** 1 + slot of a passage in the question's view; zero between questions. */
  readonly slot: Int32Array;
  readonly slots: Slots;
  /** 1 + position of a term among the question's; zero between questions. */
  readonly termSlot: Uint8Array;
  /** Mass that the walk of PageRank left at a passage; zero between questions. */
  readonly walk: Float64Array;
  /** By position in `lists.entityPassages`: 1 = the passage's title names the entity. */
  readonly titled: Uint8Array;
  /** Sum of idf over the title's terms of each passage; NaN until asked for. */
  readonly titleMass: Float64Array;
  /** What `fetch-lists.ts` read, of no meaning. */
  fetched: number;
  /** 1 = in an enabled document; undefined when all are. */
  readonly enabled: Uint8Array | undefined;
}

const made = new WeakMap<RetrievalIndex, Scratch>();

function titledMentions({ passageCount, sentenceStart, lists }: RetrievalIndex): Uint8Array {
  const { mentionStart, mentionRows, mentionEntities, entityPassageStart, entityPassages } = lists;
  const titled = new Uint8Array(entityPassages.length);
  for (let p = 0; p < passageCount; p++) {
    const title = sentenceStart[p]!;
    const end = mentionStart[p + 1]!;
    for (let i = mentionStart[p]!; i < end && mentionRows[i] === title; i++) {
      const entity = mentionEntities[i]!;
      const to = entityPassageStart[entity + 1]!;
      const at = lowerBound(entityPassages, p, entityPassageStart[entity]!, to);
      if (at < to && entityPassages[at] === p) titled[at] = 1;
    }
  }
  return titled;
}

/** First position in [from, to) of `sorted` whose number is not below `value`; `to` when there is none. */
export function lowerBound(sorted: Uint32Array, value: number, from = 0, to: number = sorted.length): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function enabledPassages(index: RetrievalIndex): Uint8Array | undefined {
  if (index.enabled.every((x) => x === 1)) return undefined;
  return Uint8Array.from(index.documentOf, (d) => index.enabled[d]!);
}

/** The scratch of an index, made at its first question. */
export function scratchOf(index: RetrievalIndex): Scratch {
  let scratch = made.get(index);
  if (scratch === undefined) {
    const n = index.passageCount;
    const norm = Float32Array.from(index.length, (length) => lengthNorm(length, index.meanLength));
    const bound = new Uint16Array(2 * Math.ceil(n / 2));
    scratch = {
      norm,
      weightBounds: weightBounds(norm),
      bound,
      boundPairs: new Int32Array(bound.buffer),
      cells: new Int32Array(0),
      reached: new Uint32Array(n),
      slot: new Int32Array(n),
      slots: new Slots(),
      termSlot: new Uint8Array(index.termCount),
      walk: new Float64Array(n),
      titled: titledMentions(index),
      titleMass: new Float64Array(n).fill(Number.NaN),
      fetched: 0,
      enabled: enabledPassages(index),
    };
    made.set(index, scratch);
  }
  return scratch;
}

/** Passages a question may see: of enabled documents, and within `allowed`; undefined when that is all of them. */
export function visiblePassages(index: RetrievalIndex, allowed: Uint8Array | undefined): Uint8Array | undefined {
  const { enabled } = scratchOf(index);
  if (allowed === undefined) return enabled;
  if (enabled === undefined) return allowed;
  return Uint8Array.from(allowed, (x, p) => x & enabled[p]!);
}

/** Sum of idf over the terms of a passage's title; remembered. */
export function titleMass(index: RetrievalIndex, scratch: Scratch, p: number): number {
  const known = scratch.titleMass;
  if (!Number.isNaN(known[p]!)) return known[p]!;
  let mass = 0;
  for (const term of index.titleTerms(p)) mass += inverseDocumentFrequency(index.totalPassages, index.df(term));
  known[p] = mass;
  return mass;
}
