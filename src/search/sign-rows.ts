/**
 * Sentence vectors as the signs of their first 256 components, and a search over them that compares the question's own
 * numbers with the signs (Gordo, Perronnin, Gong and Lazebnik, "Asymmetric distances for binary embeddings", TPAMI 2014):
 * a table of 256 sums for each byte, one look-up and addition a byte and row. Which rows are worth that the Hamming
 * distance of the signs tells.
 */
import type { QuantisedVectors } from '../ports/index.js';
import { MOST_SIGN_ROWS, SignKernel, takesWidth } from './sign-kernel.js';

const MOST_BYTES = 32;

/** Bytes of signs a row. */
export const signRowBytes = (dimensions: number): number => Math.min(MOST_BYTES, Math.ceil(dimensions / 8));

/** Signs of the first `count` rows minus the mean, row by row. */
export function signRows({ dimensions, scale, rows }: QuantisedVectors, mean: Float32Array, count: number): Uint8Array {
  const width = signRowBytes(mean.length);
  const signs = new Uint8Array(count * width);
  if (dimensions !== mean.length) return signs;
  const end = Math.min(dimensions, width * 8);
  for (let row = 0; row < Math.min(count, scale.length); row++) {
    const base = row * dimensions;
    const factor = scale[row]!;
    for (let j = 0; j < end; j++) {
      if (factor * rows[base + j]! > mean[j]!) signs[row * width + (j >> 3)]! |= 1 << (j & 7);
    }
  }
  return signs;
}

/** Length from which a mean of unit vectors counts: those of many transformers share a direction. */
const LONG_MEAN = 0.3;

/** Mean of all rows; zero unless it is long. */
export function meanOfRows(all: readonly QuantisedVectors[], dimensions: number): Float32Array {
  const sum = new Float64Array(dimensions);
  let count = 0;
  for (const vectors of all) {
    if (vectors.dimensions !== dimensions) continue;
    for (let row = 0; row < vectors.scale.length; row++) {
      const factor = vectors.scale[row]!;
      for (let j = 0; j < dimensions; j++) sum[j]! += factor * vectors.rows[row * dimensions + j]!;
      count++;
    }
  }
  const mean = Float32Array.from(sum, (total) => (count === 0 ? 0 : total / count));
  let square = 0;
  for (const component of mean) square += component * component;
  return square >= LONG_MEAN * LONG_MEAN ? mean : new Float32Array(dimensions);
}

/** Rows nearest by the Hamming distance of their signs that are estimated, at least. */
const NEAR_ROWS = 10_000;

let kernel: SignKernel | undefined;

/**
 * The passages of the greatest estimates; blocks of rows are offered one after the other, and none is kept. Of many rows
 * only those are estimated that are among the nearest so far by the Hamming distance of their signs.
 */
export class SignSearch {
  private readonly tables: Float64Array;
  private readonly width: number;
  private readonly signs: Uint8Array;
  /** Rows offered so far, by distance. */
  private readonly histogram: Uint32Array;
  private readonly scores: Float64Array;
  private readonly passages: Float64Array;
  private size = 0;
  private least = Number.NEGATIVE_INFINITY;

  /** @param wanted rows to keep */
  constructor(
    query: Float32Array,
    mean: Float32Array,
    private readonly wanted: number,
  ) {
    this.width = signRowBytes(mean.length);
    this.tables = new Float64Array(this.width * 256);
    for (let byte = 0; byte < this.width; byte++) {
      for (let bits = 0; bits < 256; bits++) {
        let sum = 0;
        for (let bit = 0; bit < 8; bit++) {
          const component = query[byte * 8 + bit] ?? 0;
          sum += (bits >> bit) & 1 ? component : -component;
        }
        this.tables[byte * 256 + bits] = sum;
      }
    }
    this.signs = new Uint8Array(this.width);
    for (let j = 0; j < Math.min(query.length, this.width * 8); j++) {
      if (query[j]! > mean[j]!) this.signs[j >> 3]! |= 1 << (j & 7);
    }
    this.histogram = new Uint32Array(this.width * 8 + 1);
    this.scores = new Float64Array(2 * wanted);
    this.passages = new Float64Array(2 * wanted);
  }

  /** @param passages of each row of `signs` */
  offer(passages: Float64Array, signs: Uint8Array, isAllowed?: (passage: number) => boolean): void {
    const { width } = this;
    if (isAllowed !== undefined || !takesWidth(width)) {
      for (let row = 0; row < passages.length; row++) {
        if (isAllowed === undefined || isAllowed(passages[row]!)) this.estimate(passages[row]!, signs, row * width);
      }
      return;
    }
    kernel ??= new SignKernel();
    for (let from = 0; from < passages.length; from += MOST_SIGN_ROWS) {
      const to = Math.min(passages.length, from + MOST_SIGN_ROWS);
      const distances = kernel.distances(signs.subarray(from * width, to * width), this.signs);
      for (let i = 0; i < distances.length; i++) this.histogram[distances[i]!]!++;
      const cut = this.cut();
      for (let i = 0; i < distances.length; i++) {
        if (distances[i]! <= cut) this.estimate(passages[from + i]!, signs, (from + i) * width);
      }
    }
  }

  /** Distinct passages of the rows kept. */
  found(): number[] {
    if (this.size > this.wanted) this.shrink();
    return [...new Set(this.passages.subarray(0, this.size))];
  }

  /** Distance within which enough rows lie. */
  private cut(): number {
    const enough = Math.max(NEAR_ROWS, 8 * this.wanted);
    let sum = 0;
    for (let distance = 0; distance < this.histogram.length; distance++) {
      sum += this.histogram[distance]!;
      if (sum >= enough) return distance;
    }
    return this.histogram.length;
  }

  private estimate(passage: number, signs: Uint8Array, from: number): void {
    const { tables, width } = this;
    let score = 0;
    for (let at = from, table = 0; at < from + width; at++, table += 256) score += tables[table + signs[at]!]!;
    if (score <= this.least) return;
    this.scores[this.size] = score;
    this.passages[this.size++] = passage;
    if (this.size === this.scores.length) this.shrink();
  }

  /** Keeps the better half; of rows as good as the last, those offered first. */
  private shrink(): void {
    const { scores, passages, size, wanted } = this;
    const least = scores.slice(0, size).sort()[size - wanted]!;
    let better = 0;
    for (let i = 0; i < size; i++) if (scores[i]! > least) better++;
    let equal = wanted - better;
    let kept = 0;
    for (let i = 0; i < size; i++) {
      if (scores[i]! < least || (scores[i] === least && equal-- <= 0)) continue;
      scores[kept] = scores[i]!;
      passages[kept++] = passages[i]!;
    }
    this.size = kept;
    this.least = least;
  }
}
