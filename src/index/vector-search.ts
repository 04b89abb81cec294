/**
 * Search over the sentence vectors: a passage is as near as its best row. Small collections are scanned whole; in greater
 * ones the Hamming distance of sign bits (Charikar, STOC 2002: "Similarity estimation techniques from rounding
 * algorithms") chooses the rows whose dot product is taken, in two steps when there are very many. What that loses
 * against the full scan is measured in the tests and by `bench:speed`.
 */

import { signWords } from './fold-vectors.js';
import type { Sections } from './sections.js';

/** Rows up to which every dot product is taken. */
const EXACT_ROWS = 4_000;
/** Rows kept for exact comparison. */
const KEPT_ROWS = 2_500;
/** Rows from which a first step looks at two words of each row only. */
const COARSE_ROWS = 80_000;
const COARSE_WORDS = 2;
/** Share of the rows that the first step keeps. */
const COARSE_SHARE = 0.1;

export interface Nearest {
  readonly passages: Uint32Array;
  readonly scores: Float32Array;
}

/** Number of set bits in each byte of a word, as four bytes. */
const byteCounts = (word: number): number => {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (v + (v >>> 4)) & 0x0f0f0f0f;
};

type Eight<T> = [T, T, T, T, T, T, T, T];

/** Sum of the four bytes of a word. */
const sumBytes = (counts: number): number => Math.imul(counts, 0x01010101) >>> 24;

export class VectorSearch {
  private readonly scale: Float32Array;
  private readonly rows: Int8Array;
  private readonly planes: Uint32Array;
  /** The first eight planes by themselves, when there are as many. */
  private readonly firstPlanes: Int32Array[];
  private readonly mean: Float32Array;
  private readonly sentenceStart: Uint32Array;
  private readonly count: number;
  private readonly words: number;
  private readonly distance: Uint16Array;
  private readonly selected: Uint32Array;
  private readonly histogram: Uint32Array;
  private passageOf: Uint32Array | undefined;

  constructor(
    sections: Sections,
    private readonly dimensions: number,
  ) {
    this.scale = sections.get('vectorScale');
    this.rows = sections.get('vectorRows');
    this.planes = sections.get('vectorSigns');
    this.mean = sections.get('vectorMean');
    this.sentenceStart = sections.get('sentenceStart');
    this.count = this.scale.length;
    this.words = signWords(dimensions);
    this.firstPlanes = Array.from({ length: this.words < 8 ? 0 : 8 }, (_, w) => {
      const plane = this.planes.subarray(w * this.count, (w + 1) * this.count);
      return new Int32Array(plane.buffer, plane.byteOffset, plane.length);
    });
    const scratch = this.count > EXACT_ROWS ? this.count : 0;
    this.distance = new Uint16Array(scratch);
    this.selected = new Uint32Array(scratch);
    this.histogram = new Uint32Array(this.words * 32 + 1);
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
    const best = visible <= EXACT_ROWS ? this.scanAll(query, allowed) : this.scanSelected(query, allowed, visible);
    const nearest = greatest(best.passages, best.scores, k);
    // A passage that some row brought in is as near as its best row, chosen or not.
    const scores = Float64Array.from(nearest.passages, (p) => this.similarity(query, p));
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
    query: Float32Array,
    allowed: Uint8Array | undefined,
    visible: number,
  ): { passages: number[]; scores: number[] } {
    const signs = this.signsOf(query);
    let chosen: number;
    if (visible > COARSE_ROWS && this.words > COARSE_WORDS) {
      this.measureAll(signs, COARSE_WORDS);
      chosen = this.selectAll(allowed, Math.max(KEPT_ROWS, Math.ceil(visible * COARSE_SHARE)));
      this.measureSelected(signs, COARSE_WORDS, chosen);
      chosen = this.selectAgain(chosen, KEPT_ROWS);
    } else {
      this.measureAll(signs, this.words);
      chosen = this.selectAll(allowed, KEPT_ROWS);
    }
    return this.scoreSelected(query, chosen);
  }

  private signsOf(query: Float32Array): Uint32Array {
    const signs = new Uint32Array(this.words);
    const bits = Math.min(this.dimensions, this.words * 32);
    for (let j = 0; j < bits; j++) if (query[j]! > this.mean[j]!) signs[j >>> 5]! |= 1 << (j & 31);
    return signs;
  }

  /** Hamming distance of every row over the first words. */
  private measureAll(signs: Uint32Array, words: number): void {
    const { distance, planes, count } = this;
    if (words >= 8) this.measureEight(signs);
    else distance.fill(0);
    for (let w = words >= 8 ? 8 : 0; w < words; w++) {
      const sign = signs[w]!;
      const offset = w * count;
      for (let row = 0; row < count; row++) distance[row]! += sumBytes(byteCounts(planes[offset + row]! ^ sign));
    }
  }

  /** The first eight words in one pass, added bit by bit by carry-save adders (Warren, "Hacker's Delight", 5-1). */
  private measureEight(signs: Uint32Array): void {
    const { distance, count } = this;
    const [p0, p1, p2, p3, p4, p5, p6, p7] = this.firstPlanes as Eight<Int32Array>;
    const [s0, s1, s2, s3, s4, s5, s6, s7] = Array.from(signs) as Eight<number>;
    for (let row = 0; row < count; row++) {
      const a = p0[row]! ^ s0;
      const b = p1[row]! ^ s1;
      const c = p2[row]! ^ s2;
      const d = p3[row]! ^ s3;
      const e = p4[row]! ^ s4;
      const f = p5[row]! ^ s5;
      const g = p6[row]! ^ s6;
      const h = p7[row]! ^ s7;
      const ab = a ^ b;
      const de = d ^ e;
      const abc = ab ^ c;
      const def = de ^ f;
      const twoA = (a & b) | (ab & c);
      const twoB = (d & e) | (de & f);
      const six = abc ^ def;
      const twoC = (abc & def) | (six & g);
      const seven = six ^ g;
      const twoD = seven & h;
      const twoAB = twoA ^ twoB;
      const twoABC = twoAB ^ twoC;
      const fourA = (twoA & twoB) | (twoAB & twoC);
      const fourB = twoABC & twoD;
      const ones = byteCounts(seven ^ h);
      const twos = byteCounts(twoABC ^ twoD) << 1;
      const fours = byteCounts(fourA ^ fourB) << 2;
      const eights = byteCounts(fourA & fourB) << 3;
      distance[row] = sumBytes(ones + twos + (fours + eights));
    }
  }

  /** Adds, for the rows selected, the distance over the words from `first` on. */
  private measureSelected(signs: Uint32Array, first: number, chosen: number): void {
    const { distance, planes, count, selected, words } = this;
    for (let i = 0; i < chosen; i++) {
      const row = selected[i]!;
      let sum = 0;
      for (let w = first; w < words; w++) sum += sumBytes(byteCounts(planes[w * count + row]! ^ signs[w]!));
      distance[row]! += sum;
    }
  }

  /** Selects the rows of allowed passages up to the distance that at least `wanted` rows have, ascending; returns how many. */
  private selectAll(allowed: Uint8Array | undefined, wanted: number): number {
    const { distance, histogram, selected, count } = this;
    const passageOf = allowed === undefined ? undefined : this.rowPassages();
    histogram.fill(0);
    for (let row = 0; row < count; row++) {
      if (passageOf === undefined || allowed![passageOf[row]!] !== 0) histogram[distance[row]!]!++;
    }
    const cut = this.cut(wanted);
    let chosen = 0;
    for (let row = 0; row < count; row++) {
      if (distance[row]! <= cut && (passageOf === undefined || allowed![passageOf[row]!] !== 0))
        selected[chosen++] = row;
    }
    return chosen;
  }

  /** Keeps, of the rows selected, those up to the distance that at least `wanted` have. */
  private selectAgain(chosen: number, wanted: number): number {
    const { distance, histogram, selected } = this;
    histogram.fill(0);
    for (let i = 0; i < chosen; i++) histogram[distance[selected[i]!]!]!++;
    const cut = this.cut(wanted);
    let kept = 0;
    for (let i = 0; i < chosen; i++) if (distance[selected[i]!]! <= cut) selected[kept++] = selected[i]!;
    return kept;
  }

  private cut(wanted: number): number {
    let sum = 0;
    for (let distance = 0; distance < this.histogram.length; distance++) {
      sum += this.histogram[distance]!;
      if (sum >= wanted) return distance;
    }
    return this.histogram.length;
  }

  private scoreSelected(query: Float32Array, chosen: number): { passages: number[]; scores: number[] } {
    const passageOf = this.rowPassages();
    const passages: number[] = [];
    const scores: number[] = [];
    for (let i = 0; i < chosen; i++) {
      const row = this.selected[i]!;
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
