/**
 * Search over the sentence vectors: a passage is as near as its best row. Up to some 15,000 passages every row is
 * compared; above, the Hamming distance of sign bits (Charikar, STOC 2002: "Similarity estimation techniques from rounding
 * algorithms") chooses the rows that are. The tests measure what that loses against the full scan.
 */
import type { Sections } from './sections.js';
import { signBytes } from './sign-bits.js';
import { TopPassages } from './top-passages.js';
import { VectorKernel } from './vector-kernel.js';

/** Rows chosen by their signs at least, and the least share of all rows. */
const KEPT_ROWS = 10_000;
const KEPT_SHARE = 0.02;

export interface Nearest {
  readonly passages: Uint32Array;
  readonly scores: Float32Array;
}

export class VectorSearch {
  private readonly scale: Float32Array;
  private readonly mean: Float32Array;
  private readonly sentenceStart: Uint32Array;
  private readonly count: number;
  private readonly kernel: VectorKernel;
  private readonly hasSigns: boolean;
  private passageOf: Uint32Array | undefined;

  constructor(sections: Sections, dimensions: number) {
    this.scale = sections.get('vectorScale');
    this.mean = sections.get('vectorMean');
    this.sentenceStart = sections.get('sentenceStart');
    this.count = this.scale.length;
    const signs = sections.get('vectorSigns');
    this.hasSigns = signs.length > 0;
    this.kernel = new VectorKernel(sections.get('vectorRows'), this.count, dimensions, signs, signBytes(dimensions));
  }

  /** Dot product of a row with the query. */
  rowSimilarity(query: Float32Array, row: number): number {
    const unit = this.kernel.prepare(query, this.mean);
    return this.kernel.scan(row, 1)[0]! * unit * this.scale[row]!;
  }

  /** Greatest dot product of a passage's rows with the query. */
  similarity(query: Float32Array, p: number): number {
    const unit = this.kernel.prepare(query, this.mean);
    return this.bestOf(this.sentenceStart[p]!, this.sentenceStart[p + 1]!, unit);
  }

  /** See `RetrievalIndex.nearest`. */
  nearest(query: Float32Array, k: number, allowed?: Uint8Array): Nearest {
    const unit = this.kernel.prepare(query, this.mean);
    const top = new TopPassages(Math.min(k, this.sentenceStart.length - 1));
    if (this.hasSigns) this.scanNear(unit, allowed, top);
    else this.scanAll(unit, allowed, top);
    const { passages, scores } = top.sorted();
    return { passages, scores: Float32Array.from(scores) };
  }

  /** Best row of [from, to). */
  private bestOf(from: number, to: number, unit: number): number {
    const sums = this.kernel.scan(from, to - from);
    let best = sums[0]! * unit * this.scale[from]!;
    for (let row = from + 1; row < to; row++) best = Math.max(best, sums[row - from]! * unit * this.scale[row]!);
    return best;
  }

  private scanAll(unit: number, allowed: Uint8Array | undefined, top: TopPassages): void {
    const { scale, sentenceStart } = this;
    const sums = this.kernel.scan(0, this.count);
    for (let p = 0, row = 0; p + 1 < sentenceStart.length; p++) {
      const end = sentenceStart[p + 1]!;
      if (allowed !== undefined && allowed[p] === 0) {
        row = end;
        continue;
      }
      let best = -Infinity;
      for (; row < end; row++) {
        const score = sums[row]! * unit * scale[row]!;
        if (score > best) best = score;
      }
      top.offer(p, best);
    }
  }

  /** Scores the passages with a row that signs chose; each by all its rows, so that its score is the true one. */
  private scanNear(unit: number, allowed: Uint8Array | undefined, top: TopPassages): void {
    const { scale } = this;
    const passageOf = this.rowPassages();
    const wanted = Math.max(KEPT_ROWS, this.count * KEPT_SHARE);
    const share = allowed === undefined ? 1 : allowedShare(allowed);
    const rows = this.kernel.near(Math.min(this.count, wanted / Math.max(share, 1 / this.count)));
    let chosen = rows.length;
    if (allowed !== undefined) {
      chosen = 0;
      for (let i = 0; i < rows.length; i++) if (allowed[passageOf[rows[i]!]!] !== 0) rows[chosen++] = rows[i]!;
    }
    const sums = this.kernel.pick(chosen);
    const rough = new TopPassages(2 * top.k);
    for (let i = 0; i < chosen; ) {
      const p = passageOf[rows[i]!]!;
      let best = -Infinity;
      for (; i < chosen && passageOf[rows[i]!] === p; i++) best = Math.max(best, sums[i]! * unit * scale[rows[i]!]!);
      rough.offer(p, best);
    }
    for (const p of rough.sorted().passages.sort()) {
      top.offer(p, this.bestOf(this.sentenceStart[p]!, this.sentenceStart[p + 1]!, unit));
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

function allowedShare(allowed: Uint8Array): number {
  let count = 0;
  for (let p = 0; p < allowed.length; p++) if (allowed[p] !== 0) count++;
  return count / allowed.length;
}
