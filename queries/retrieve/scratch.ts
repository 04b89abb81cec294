/**
 * Arrays as long as the collection that every question reuses instead of allocating: scores and hits of BM25, slots of
 * the question's view, marks of question terms. Each user puts back to zero what it touched, so the cost of a
 * question follows what it touches. A question's work between two awaits owns them alone.
 */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import { Slots } from './slots.js';

/** BM25's usual constants (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009). */
const K1 = 1.2;
const B = 0.75;

export interface Scratch {
  /** A cell of 16 bytes a passage, seen by three arrays. [2 p]: BM25 score while accumulating; zero between questions. */
  readonly score: Float64Array;
  /**
   * [4 p + 2]: the last hit of the passage, 0 for none; once the question's view has a slot for the passage, -1 - slot.
   * Zero between questions.
   */
  readonly hit: Int32Array;
  /** [4 p + 3]: k1 * (1 - b + b * length / mean length). */
  readonly norm: Float32Array;
  /** By hit, from 1 on: the hit before it of the same passage, 0 for none. */
  before: Int32Array;
  readonly touched: Uint32Array;
  readonly slots: Slots;
  /** 1 + position of a term among the question's; zero between questions. */
  readonly termSlot: Uint8Array;
  /** Mass that the walk of PageRank left at a passage; zero between questions. */
  readonly walk: Float64Array;
  /** By position in `lists.entityPassages`: 1 = the passage's title names the entity. */
  readonly titled: Uint8Array;
  /** Sum of idf over the title's terms of each passage; NaN until asked for. */
  readonly titleMass: Float64Array;
  /** 1 = in an enabled document; undefined when all are. */
  readonly enabled: Uint8Array | undefined;
}

const CELL_BYTES = 16;

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
    const mean = index.meanLength > 0 ? index.meanLength : 1;
    const cells = new ArrayBuffer(n * CELL_BYTES);
    const norm = new Float32Array(cells);
    for (let p = 0; p < n; p++) norm[4 * p + 3] = K1 * (1 - B + (B * index.length[p]!) / mean);
    scratch = {
      score: new Float64Array(cells),
      hit: new Int32Array(cells),
      norm,
      before: new Int32Array(1),
      touched: new Uint32Array(n),
      slots: new Slots(),
      termSlot: new Uint8Array(index.termCount),
      walk: new Float64Array(n),
      titled: titledMentions(index),
      titleMass: new Float64Array(n).fill(Number.NaN),
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

/** BM25 contribution of a term that a passage holds `frequency` times. */
export function termWeight(idf: number, frequency: number, norm: number): number {
  return (idf * frequency * (K1 + 1)) / (frequency + norm);
}

/** Lucene's inverse document frequency, never negative; a term that the collection lacks has df 0. */
export function inverseDocumentFrequency(passages: number, df: number): number {
  return Math.log(1 + (passages - df + 0.5) / (df + 0.5));
}

/** Sum of idf over the terms of a passage's title; remembered. */
export function titleMass(index: RetrievalIndex, p: number): number {
  const known = scratchOf(index).titleMass;
  if (!Number.isNaN(known[p]!)) return known[p]!;
  let mass = 0;
  for (const term of index.titleTerms(p)) mass += inverseDocumentFrequency(index.totalPassages, index.df(term));
  known[p] = mass;
  return mass;
}
