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

/** What a question term found, 16 bytes each so that one lies in one cache line. */
export interface Hits {
  /** [2 h]: BM25 contribution of hit h. */
  readonly value: Float64Array;
  /** [4 h + 2]: the hit before it of the same passage, 0 for none; [4 h + 3]: position of the term among the question's. */
  readonly link: Int32Array;
}

export interface Scratch {
  /** A cell of 16 bytes a passage, seen by three arrays. [2 p]: BM25 score while accumulating; zero between questions. */
  readonly score: Float64Array;
  /** [4 p + 2]: the last hit of the passage, 0 for none; zero between questions. */
  readonly hit: Int32Array;
  /** [4 p + 3]: k1 * (1 - b + b * length / mean length). */
  readonly norm: Float32Array;
  /** Hits from 1 on. */
  hits: Hits;
  readonly touched: Uint32Array;
  /** 1 + slot of a passage in the question's view; zero between questions. */
  readonly slot: Int32Array;
  readonly slots: Slots;
  /** 1 + position of a term among the question's; zero between questions. */
  readonly termSlot: Uint8Array;
  /** Mass that the walk of PageRank left at a passage; zero between questions. */
  readonly walk: Float64Array;
  /** Marks of documents; zero between uses. */
  readonly documentMark: Uint8Array;
  /** Entities that a passage's title names: CSR over passages. */
  readonly titleStart: Uint32Array;
  readonly titleEntity: Uint32Array;
  /** Sum of idf over the title's terms of each passage; NaN until asked for. */
  readonly titleMass: Float64Array;
  /** 1 = in an enabled document; undefined when all are. */
  readonly enabled: Uint8Array | undefined;
}

const CELL_BYTES = 16;

/** Room for `count` hits and the number 0, which stands for none. */
export function makeHits(count: number): Hits {
  const buffer = new ArrayBuffer((count + 1) * CELL_BYTES);
  return { value: new Float64Array(buffer), link: new Int32Array(buffer) };
}

const made = new WeakMap<RetrievalIndex, Scratch>();

function titleEntities(index: RetrievalIndex): { start: Uint32Array; entity: Uint32Array } {
  const start = new Uint32Array(index.passageCount + 1);
  const entity: number[] = [];
  for (let p = 0; p < index.passageCount; p++) {
    const title = index.sentenceStart[p]!;
    const { rows, entities } = index.mentionsOf(p);
    for (let i = 0; i < rows.length && rows[i] === title; i++) entity.push(entities[i]!);
    start[p + 1] = entity.length;
  }
  return { start, entity: Uint32Array.from(entity) };
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
    const titles = titleEntities(index);
    const mean = index.meanLength > 0 ? index.meanLength : 1;
    const cells = new ArrayBuffer(n * CELL_BYTES);
    const norm = new Float32Array(cells);
    for (let p = 0; p < n; p++) norm[4 * p + 3] = K1 * (1 - B + (B * index.length[p]!) / mean);
    scratch = {
      score: new Float64Array(cells),
      hit: new Int32Array(cells),
      norm,
      hits: makeHits(0),
      touched: new Uint32Array(n),
      slot: new Int32Array(n),
      slots: new Slots(),
      termSlot: new Uint8Array(index.termCount),
      walk: new Float64Array(n),
      documentMark: new Uint8Array(index.documentCount),
      titleStart: titles.start,
      titleEntity: titles.entity,
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
