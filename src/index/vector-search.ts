/**
 * Search over the sentence vectors: a passage is as near as its best row. Up to some 15,000 passages every row is
 * compared; above, the Hamming distance of sign bits (Charikar, STOC 2002: "Similarity estimation techniques from rounding
 * algorithms") chooses the rows that are. The tests measure what that loses against the full scan.
 */
import type { RowComparer } from './retrieval-index.js';
import type { Sections } from './sections.js';
import { signBytes } from './sign-bits.js';
import { TopPassages } from './top-passages.js';
import { FETCHED_ROWS, MOST_ROWS, type PreparedQuery, VectorKernel } from './vector-kernel.js';

/** Rows chosen by their signs at least, and the least share of all rows. */
const KEPT_ROWS = 10_000;
const KEPT_SHARE = 0.02;
/** Rows of the first block compared; the least score that counts is known better after each block, so they grow. */
const FIRST_ROWS = 512;
/** Passages whose rows are fetched at once. */
const FETCHED_PASSAGES = 64;

export interface Nearest {
  readonly passages: Uint32Array;
  readonly scores: Float32Array;
}

export class VectorSearch {
  private readonly scale: Float32Array;
  private readonly sentenceStart: Uint32Array;
  private readonly count: number;
  private readonly kernel: VectorKernel;
  private readonly hasSigns: boolean;
  private passageOf: Uint32Array | undefined;

  constructor(sections: Sections, dimensions: number) {
    this.scale = sections.get('vectorScale');
    this.sentenceStart = sections.get('sentenceStart');
    this.count = this.scale.length;
    const signs = sections.get('vectorSigns');
    this.hasSigns = signs.length > 0;
    this.kernel = new VectorKernel({
      rows: sections.get('vectorRows'),
      dimensions,
      scale: this.scale,
      signs,
      signBytes: signBytes(dimensions),
      mean: sections.get('vectorMean'),
    });
  }

  /** See `RetrievalIndex.comparer`. */
  comparer(query: Float32Array): RowComparer {
    const { kernel, scale } = this;
    let prepared = kernel.prepare(query);
    return (from, to, out, at) => {
      if (!kernel.holds(prepared)) prepared = kernel.prepare(prepared.vector);
      const { unit } = prepared;
      for (let block = from; block < to; block += MOST_ROWS) {
        const count = Math.min(MOST_ROWS, to - block);
        const sums = kernel.scan(prepared, block, count);
        for (let i = 0; i < count; i++) out[at + block - from + i] = sums[i]! * unit * scale[block + i]!;
      }
    };
  }

  /** See `RetrievalIndex.fetchRows`. */
  fetchRows(passages: Uint32Array): void {
    const { kernel, sentenceStart } = this;
    for (let i = 0; i < passages.length; i++) {
      kernel.willRead(sentenceStart[passages[i]!]!, sentenceStart[passages[i]! + 1]!);
    }
    kernel.fetch();
  }

  /** Dot product of a row with the query. */
  rowSimilarity(query: Float32Array, row: number): number {
    return this.bestOf(this.kernel.prepare(query), row, row + 1);
  }

  /** Greatest dot product of a passage's rows with the query. */
  similarity(query: Float32Array, p: number): number {
    return this.bestOf(this.kernel.prepare(query), this.sentenceStart[p]!, this.sentenceStart[p + 1]!);
  }

  /** See `RetrievalIndex.nearest`. */
  nearest(query: Float32Array, k: number, allowed?: Uint8Array): Nearest {
    const prepared = this.kernel.prepare(query);
    const top = new TopPassages(Math.min(k, this.sentenceStart.length - 1));
    if (this.hasSigns) this.scanNear(prepared, allowed, top);
    else this.scanAll(prepared, allowed, top);
    const { passages, scores } = top.sorted();
    return { passages, scores: Float32Array.from(scores) };
  }

  /** Best row of [from, to). */
  private bestOf(query: PreparedQuery, from: number, to: number): number {
    const { scale } = this;
    let best = Number.NEGATIVE_INFINITY;
    for (let block = from; block < to; block += MOST_ROWS) {
      const count = Math.min(MOST_ROWS, to - block);
      const sums = this.kernel.scan(query, block, count);
      for (let i = 0; i < count; i++) best = Math.max(best, sums[i]! * query.unit * scale[block + i]!);
    }
    return best;
  }

  private scanAll(query: PreparedQuery, allowed: Uint8Array | undefined, top: TopPassages): void {
    const best = new BestRows(this.rowPassages(), allowed, top);
    for (let row = 0, size = FIRST_ROWS; row < this.count; row += size, size = Math.min(MOST_ROWS, size * 2)) {
      size = Math.min(size, this.count - row);
      best.take(this.kernel, this.kernel.above(query, row, size, top.least));
    }
    best.end();
  }

  /** Scores the passages with a row that signs chose; each by all its rows, so that its score is the true one. */
  private scanNear(query: PreparedQuery, allowed: Uint8Array | undefined, top: TopPassages): void {
    const { kernel, sentenceStart } = this;
    const passageOf = this.rowPassages();
    const wanted = Math.max(KEPT_ROWS, this.count * KEPT_SHARE);
    const share = allowed === undefined ? 1 : allowedShare(allowed);
    const rows = kernel.near(query, Math.min(this.count, wanted / Math.max(share, 1 / this.count)));
    let chosen = rows.length;
    if (allowed !== undefined) {
      chosen = 0;
      for (let i = 0; i < rows.length; i++) if (allowed[passageOf[rows[i]!]!] !== 0) rows[chosen++] = rows[i]!;
    }
    const rough = new TopPassages(2 * top.k);
    const best = new BestRows(passageOf, undefined, rough);
    for (let at = 0; at < chosen; at += FETCHED_ROWS) {
      best.take(kernel, kernel.aboveOfNear(query, at, Math.min(FETCHED_ROWS, chosen - at), rough.least));
    }
    best.end();
    const near = rough.held().sort();
    for (let from = 0; from < near.length; from += FETCHED_PASSAGES) {
      const some = near.subarray(from, from + FETCHED_PASSAGES);
      this.fetchRows(some);
      for (const p of some) top.offer(p, this.bestOf(query, sentenceStart[p]!, sentenceStart[p + 1]!));
    }
  }

  private rowPassages(): Uint32Array {
    if (this.passageOf === undefined) {
      const passageOf = new Uint32Array(this.count);
      for (let p = 0; p + 1 < this.sentenceStart.length; p++) {
        passageOf.fill(p, this.sentenceStart[p], this.sentenceStart[p + 1]);
      }
      this.passageOf = passageOf;
    }
    return this.passageOf;
  }
}

/** Offers each passage once, with the best of its rows that the kernel found; rows come in ascending order. */
class BestRows {
  private passage = -1;
  private best = 0;

  constructor(
    private readonly passageOf: Uint32Array,
    private readonly allowed: Uint8Array | undefined,
    private readonly top: TopPassages,
  ) {}

  /** Takes the first `found` rows of the kernel's result. */
  take(kernel: VectorKernel, found: number): void {
    const { passageOf, allowed } = this;
    for (let i = 0; i < found; i++) {
      const p = passageOf[kernel.foundRow(i)]!;
      if (allowed !== undefined && allowed[p] === 0) continue;
      const score = kernel.foundScore(i);
      if (p === this.passage) {
        if (score > this.best) this.best = score;
        continue;
      }
      this.end();
      this.passage = p;
      this.best = score;
    }
  }

  /** Offers the passage at hand. */
  end(): void {
    if (this.passage >= 0) this.top.offer(this.passage, this.best);
    this.passage = -1;
  }
}

function allowedShare(allowed: Uint8Array): number {
  let count = 0;
  for (let p = 0; p < allowed.length; p++) if (allowed[p] !== 0) count++;
  return count / allowed.length;
}
