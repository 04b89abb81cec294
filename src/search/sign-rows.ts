/**
 * Sentence vectors as the signs of their first 256 components, and a search over them that compares the question's own
 * numbers with the signs (Gordo, Perronnin, Gong and Lazebnik, "Asymmetric distances for binary embeddings", TPAMI 2014):
 * a table of 256 sums for each byte, one look-up and addition a byte and row.
 */
import type { QuantisedVectors } from '../ports/graph-store.js';

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

/** The passages of the greatest estimates; blocks of rows are offered one after the other, and none is kept. */
export class SignSearch {
  private readonly tables: Float64Array;
  private readonly width: number;
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
    this.scores = new Float64Array(2 * wanted);
    this.passages = new Float64Array(2 * wanted);
  }

  /** @param passages of each row of `signs` */
  offer(passages: Float64Array, signs: Uint8Array, isAllowed?: (passage: number) => boolean): void {
    const { tables, width } = this;
    for (let row = 0, at = 0; row < passages.length; row++) {
      let score = 0;
      for (let table = 0; table < width * 256; table += 256) score += tables[table + signs[at++]!]!;
      if (score <= this.least || (isAllowed !== undefined && !isAllowed(passages[row]!))) continue;
      this.scores[this.size] = score;
      this.passages[this.size++] = passages[row]!;
      if (this.size === this.scores.length) this.shrink();
    }
  }

  /** Distinct passages of the rows kept. */
  found(): number[] {
    if (this.size > this.wanted) this.shrink();
    return [...new Set(this.passages.subarray(0, this.size))];
  }

  /** Keeps the better half; of rows as good as the last, those offered first. */
  private shrink(): void {
    const order = Array.from({ length: this.size }, (_, i) => i);
    order.sort((a, b) => this.scores[b]! - this.scores[a]! || a - b);
    const kept = order.slice(0, this.wanted).sort((a, b) => a - b);
    let least = Number.POSITIVE_INFINITY;
    kept.forEach((from, to) => {
      least = Math.min(least, this.scores[from]!);
      this.scores[to] = this.scores[from]!;
      this.passages[to] = this.passages[from]!;
    });
    this.size = kept.length;
    this.least = least;
  }
}
