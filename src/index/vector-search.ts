/**
 * Search over the sentence vectors: a passage is as near as its best row. Small collections are scanned whole; in greater
 * ones sign bits choose the rows whose dot product is taken. The tests measure what that loses against the full scan.
 */
import { signWords } from './fold-vectors.js';
import type { Sections } from './sections.js';
import { SignFilter } from './sign-filter.js';

/** Rows up to which every dot product is taken. */
const EXACT_ROWS = 4_000;
/** Rows whose dot product is taken otherwise. */
const KEPT_ROWS = 2_500;

export interface Nearest {
  readonly passages: Uint32Array;
  readonly scores: Float32Array;
}

export class VectorSearch {
  private readonly scale: Float32Array;
  private readonly rows: Int8Array;
  private readonly mean: Float32Array;
  private readonly sentenceStart: Uint32Array;
  private readonly count: number;
  private readonly filter: SignFilter | undefined;
  private passageOf: Uint32Array | undefined;

  constructor(
    sections: Sections,
    private readonly dimensions: number,
  ) {
    this.scale = sections.get('vectorScale');
    this.rows = sections.get('vectorRows');
    this.mean = sections.get('vectorMean');
    this.sentenceStart = sections.get('sentenceStart');
    this.count = this.scale.length;
    const words = signWords(dimensions);
    if (this.count > EXACT_ROWS) this.filter = new SignFilter(sections.get('vectorSigns'), this.count, words);
  }

  /** Greatest dot product of a passage's rows with the query. */
  similarity(query: Float32Array, p: number): number {
    const end = this.sentenceStart[p + 1]!;
    let best = this.dot(query, this.sentenceStart[p]!);
    for (let row = this.sentenceStart[p]! + 1; row < end; row++) best = Math.max(best, this.dot(query, row));
    return best;
  }

  /** See `RetrievalIndex.nearest`. */
  nearest(query: Float32Array, k: number, allowed?: Uint8Array): Nearest {
    const visible = this.visibleRows(allowed);
    const { filter } = this;
    const best =
      filter === undefined || visible <= EXACT_ROWS
        ? this.scanAll(query, allowed)
        : this.scanSelected(filter, query, allowed, visible);
    const nearest = greatest(best.passages, best.scores, k);
    // A passage that some row brought in is as near as its best row, chosen or not.
    const scores = Array.from(nearest.passages, (p) => this.similarity(query, p));
    return greatest(nearest.passages, scores, k);
  }

  private visibleRows(allowed: Uint8Array | undefined): number {
    if (allowed === undefined) return this.count;
    let rows = 0;
    for (let p = 0; p < allowed.length; p++)
      if (allowed[p] !== 0) rows += this.sentenceStart[p + 1]! - this.sentenceStart[p]!;
    return rows;
  }

  /** Dot product of one row with the query, in four sums that are always added alike. */
  dot(query: Float32Array, row: number): number {
    const { rows, dimensions } = this;
    const base = row * dimensions;
    const whole = dimensions & ~3;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let j = 0; j < whole; j += 4) {
      a += query[j]! * rows[base + j]!;
      b += query[j + 1]! * rows[base + j + 1]!;
      c += query[j + 2]! * rows[base + j + 2]!;
      d += query[j + 3]! * rows[base + j + 3]!;
    }
    for (let j = whole; j < dimensions; j++) a += query[j]! * rows[base + j]!;
    return (a + b + (c + d)) * this.scale[row]!;
  }

  private scanAll(query: Float32Array, allowed: Uint8Array | undefined): { passages: number[]; scores: number[] } {
    const passages: number[] = [];
    const scores: number[] = [];
    for (let p = 0; p + 1 < this.sentenceStart.length; p++) {
      if (allowed !== undefined && allowed[p] === 0) continue;
      passages.push(p);
      scores.push(this.similarity(query, p));
    }
    return { passages, scores };
  }

  private scanSelected(
    filter: SignFilter,
    query: Float32Array,
    allowed: Uint8Array | undefined,
    visible: number,
  ): { passages: number[]; scores: number[] } {
    const passageOf = this.rowPassages();
    const passes = allowed === undefined ? undefined : (row: number): boolean => allowed[passageOf[row]!] !== 0;
    const passages: number[] = [];
    const scores: number[] = [];
    for (const row of filter.nearest(this.signsOf(query), KEPT_ROWS, visible, passes)) {
      const p = passageOf[row]!;
      const score = this.dot(query, row);
      const last = passages.length - 1;
      if (last >= 0 && passages[last] === p) scores[last] = Math.max(scores[last]!, score);
      else {
        passages.push(p);
        scores.push(score);
      }
    }
    return { passages, scores };
  }

  private signsOf(query: Float32Array): Int32Array {
    const signs = new Int32Array(signWords(this.dimensions));
    const bits = Math.min(this.dimensions, signs.length * 32);
    for (let j = 0; j < bits; j++) if (query[j]! > this.mean[j]!) signs[j >>> 5]! |= 1 << (j & 31);
    return signs;
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

/** The k greatest scores, greatest first, ties by passage. */
function greatest(passages: ArrayLike<number>, scores: ArrayLike<number>, k: number): Nearest {
  const sorted = new Float64Array(scores.length);
  for (let i = 0; i < sorted.length; i++) sorted[i] = scores[i]!;
  sorted.sort();
  const least = k >= sorted.length ? -Infinity : sorted[sorted.length - k]!;
  const order: number[] = [];
  for (let i = 0; i < scores.length; i++) if (scores[i]! >= least) order.push(i);
  order.sort((a, b) => scores[b]! - scores[a]! || passages[a]! - passages[b]!);
  order.length = Math.min(order.length, k);
  return {
    passages: Uint32Array.from(order, (i) => passages[i]!),
    scores: Float32Array.from(order, (i) => scores[i]!),
  };
}
