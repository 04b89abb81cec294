/** A question's vector as integers: products with int8 rows to the last bit as the RetrievalIndex's kernel gives them. */
import type { QuantisedVectors } from '../ports/index.js';

/** As in the kernel: components fit into 16 bits. */
const QUERY_LENGTH = 32_767;

export class QueryVector {
  private readonly integers: Int16Array;
  /** What a sum of integers is multiplied by, but for the row's scale. */
  private readonly unit: number;

  constructor(readonly vector: Float32Array) {
    let square = 0;
    for (let j = 0; j < vector.length; j++) square += vector[j]! * vector[j]!;
    const factor = square === 0 ? 0 : QUERY_LENGTH / Math.sqrt(square);
    this.integers = Int16Array.from(vector, (component) => Math.round(component * factor));
    this.unit = factor === 0 ? 0 : 1 / factor;
  }

  /** Dot product with one row; 0 with vectors of other dimensions or a row that is missing. */
  row({ dimensions, scale, rows }: QuantisedVectors, row: number): number {
    const { integers } = this;
    if (dimensions !== integers.length || row >= scale.length) return 0;
    let sum = 0;
    const base = row * dimensions;
    for (let j = 0; j < dimensions; j++) sum += integers[j]! * rows[base + j]!;
    return sum * this.unit * scale[row]!;
  }

  /** Greatest dot product over the first `count` rows. */
  best(vectors: QuantisedVectors, count: number): number {
    let best = Number.NEGATIVE_INFINITY;
    for (let row = 0; row < count; row++) best = Math.max(best, this.row(vectors, row));
    return best;
  }
}
