/** Sentence vectors of the index: int8 rows with their scale, and the sign bits that the search looks at first. */
import type { PassageTable } from '../graph/passage-table.js';

export interface FoldedVectors {
  readonly vectorScale: Float32Array;
  readonly vectorRows: Int8Array;
  /** Bit j of a row's words is set when component j is positive; ceil(dimensions / 32) words a row. */
  readonly vectorSigns: Uint32Array;
}

/** Copies the rows of all passages in index order; missing rows stay zero. */
export function foldVectors(
  table: PassageTable,
  slots: readonly number[],
  sentenceStart: Uint32Array,
  dimensions: number,
): FoldedVectors {
  const rows = sentenceStart[slots.length]!;
  const vectorScale = new Float32Array(rows);
  const vectorRows = new Int8Array(rows * dimensions);
  slots.forEach((slot, p) => {
    const { vectors } = table.slot(slot);
    if (vectors.dimensions !== dimensions) return;
    const base = sentenceStart[p]!;
    const count = Math.min(vectors.scale.length, sentenceStart[p + 1]! - base);
    vectorScale.set(vectors.scale.subarray(0, count), base);
    vectorRows.set(vectors.rows.subarray(0, count * dimensions), base * dimensions);
  });
  return { vectorScale, vectorRows, vectorSigns: signBits(vectorRows, dimensions) };
}

/** Sign bits of rows of int8. */
export function signBits(vectorRows: Int8Array, dimensions: number): Uint32Array {
  const words = Math.ceil(dimensions / 32);
  const rows = dimensions === 0 ? 0 : vectorRows.length / dimensions;
  const signs = new Uint32Array(rows * words);
  for (let row = 0; row < rows; row++) {
    const base = row * dimensions;
    for (let w = 0; w < words; w++) {
      let bits = 0;
      const end = Math.min(32, dimensions - w * 32);
      for (let j = 0; j < end; j++) if (vectorRows[base + w * 32 + j]! > 0) bits |= 1 << j;
      signs[row * words + w] = bits;
    }
  }
  return signs;
}
