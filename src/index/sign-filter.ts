/**
 * Rows near a query by the Hamming distance of sign bits (Charikar, STOC 2002: "Similarity estimation techniques from
 * rounding algorithms"). Of very many rows the first three words are compared first, and the others only where they agree best.
 */
import { COARSE_WORDS } from './fold-vectors.js';

/** Rows from which the comparison goes in two steps. */
const COARSE_ROWS = 80_000;
/** Share of the rows that the first step keeps. */
const COARSE_SHARE = 0.05;
/** Words of the fast path: 256 bits. */
const EIGHT = 8;

/** Number of set bits in each byte of a word, as four bytes. */
const byteCounts = (word: number): number => {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (v + (v >>> 4)) & 0x0f0f0f0f;
};

/** Sum of the four bytes of a word. */
const sumBytes = (counts: number): number => Math.imul(counts, 0x01010101) >>> 24;

export class SignFilter {
  /** Words 0, 1 and 2 of all rows; zeros where a row has fewer. */
  private readonly planes: readonly [Int32Array, Int32Array, Int32Array];
  /** The other words row by row. */
  private readonly rest: Int32Array;
  private readonly restWords: number;
  private readonly distance: Uint16Array;
  private readonly selected: Uint32Array;
  private readonly histogram: Uint32Array;

  /** @param signs as `signBits` makes them, of `count` rows */
  constructor(
    signs: Uint32Array,
    private readonly count: number,
    private readonly words: number,
  ) {
    const part = (from: number, length: number): Int32Array =>
      new Int32Array(signs.buffer, signs.byteOffset + from * 4, length);
    const plane = (w: number): Int32Array => (w < words ? part(w * count, count) : new Int32Array(count));
    this.planes = [plane(0), plane(1), plane(2)];
    this.restWords = Math.max(0, words - COARSE_WORDS);
    this.rest = part(Math.min(words, COARSE_WORDS) * count, this.restWords * count);
    this.distance = new Uint16Array(count);
    this.selected = new Uint32Array(count);
    this.histogram = new Uint32Array(words * 32 + 1);
  }

  /**
   * Rows that pass and are among the nearest, all of those at the last distance included; ascending, valid until the next call.
   * @param signs the query's, as many words as a row has
   * @param passing how many rows pass
   */
  nearest(signs: Int32Array, wanted: number, passing: number, passes?: (row: number) => boolean): Uint32Array {
    let chosen: number;
    if (passing > COARSE_ROWS && this.restWords > 0) {
      this.measureCoarse(signs);
      chosen = this.selectAll(Math.max(wanted, Math.ceil(passing * COARSE_SHARE)), passes);
      this.measureRest(signs, chosen);
      chosen = this.selectAgain(chosen, wanted);
    } else {
      if (this.words === EIGHT) this.measureEight(signs);
      else {
        this.measureCoarse(signs);
        for (let row = 0; row < this.count; row++) this.distance[row]! += this.restDistance(signs, row);
      }
      chosen = this.selectAll(wanted, passes);
    }
    return this.selected.subarray(0, chosen);
  }

  private measureCoarse(signs: Int32Array): void {
    const { distance, count } = this;
    const [first, second, third] = this.planes;
    const [a, b, c] = [signs[0]!, signs[1] ?? 0, signs[2] ?? 0];
    for (let row = 0; row < count; row++) {
      const counts = byteCounts(first[row]! ^ a) + byteCounts(second[row]! ^ b) + byteCounts(third[row]! ^ c);
      distance[row] = sumBytes(counts);
    }
  }

  private restDistance(signs: Int32Array, row: number): number {
    const { rest, restWords } = this;
    let at = row * restWords;
    let sum = 0;
    for (let w = COARSE_WORDS; w < this.words; w++, at++) sum += sumBytes(byteCounts(rest[at]! ^ signs[w]!));
    return sum;
  }

  private measureRest(signs: Int32Array, chosen: number): void {
    const { rest, selected, distance } = this;
    if (this.words !== EIGHT) {
      for (let i = 0; i < chosen; i++) distance[selected[i]!]! += this.restDistance(signs, selected[i]!);
      return;
    }
    const [s3, s4, s5, s6, s7] = [signs[3]!, signs[4]!, signs[5]!, signs[6]!, signs[7]!];
    for (let i = 0; i < chosen; i++) {
      const row = selected[i]!;
      const at = row * 5;
      const counts =
        byteCounts(rest[at]! ^ s3) +
        byteCounts(rest[at + 1]! ^ s4) +
        byteCounts(rest[at + 2]! ^ s5) +
        byteCounts(rest[at + 3]! ^ s6) +
        byteCounts(rest[at + 4]! ^ s7);
      distance[row]! += sumBytes(counts);
    }
  }

  /** Eight words in one pass, added bit by bit by carry-save adders (Warren, "Hacker's Delight", 5-1). */
  private measureEight(signs: Int32Array): void {
    const { rest, distance, count } = this;
    const [first, second, third] = this.planes;
    const [s0, s1, s2, s3] = [signs[0]!, signs[1]!, signs[2]!, signs[3]!];
    const [s4, s5, s6, s7] = [signs[4]!, signs[5]!, signs[6]!, signs[7]!];
    for (let row = 0, at = 0; row < count; row++, at += 5) {
      const a = first[row]! ^ s0;
      const b = second[row]! ^ s1;
      const c = third[row]! ^ s2;
      const d = rest[at]! ^ s3;
      const e = rest[at + 1]! ^ s4;
      const f = rest[at + 2]! ^ s5;
      const g = rest[at + 3]! ^ s6;
      const h = rest[at + 4]! ^ s7;
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
      // 256 differing bits do not fit into the one byte that a multiplication would sum them to.
      const bytes = ones + twos + fours + eights;
      const halves = (bytes & 0xff00ff) + ((bytes >>> 8) & 0xff00ff);
      distance[row] = (halves & 0xffff) + (halves >>> 16);
    }
  }

  /** Selects the rows that pass up to the distance that at least `wanted` have; returns how many. */
  private selectAll(wanted: number, passes: ((row: number) => boolean) | undefined): number {
    const { distance, histogram, selected, count } = this;
    histogram.fill(0);
    let chosen = 0;
    if (passes !== undefined) {
      for (let row = 0; row < count; row++) if (passes(row)) histogram[distance[row]!]!++;
      const cut = this.cut(wanted);
      for (let row = 0; row < count; row++) if (distance[row]! <= cut && passes(row)) selected[chosen++] = row;
      return chosen;
    }
    for (let row = 0; row < count; row++) histogram[distance[row]!]!++;
    const cut = this.cut(wanted);
    for (let row = 0; row < count; row++) {
      selected[chosen] = row;
      chosen += distance[row]! <= cut ? 1 : 0;
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
}
