/** Int8 rows for storing and scanning sentence vectors: symmetric, one scale a row. */
import type { QuantisedVectors } from '../ports/index.js';

/**
 * Rounds each row to -127..127 of its greatest absolute value, halves away from zero. A row of zeros, or one holding a
 * value that is no finite number, gets scale 0.
 *
 * @param vectors rows * dimensions floats
 */
export function quantise(vectors: Float32Array, dimensions: number): QuantisedVectors {
  const count = dimensions === 0 ? 0 : Math.floor(vectors.length / dimensions);
  const scale = new Float32Array(count);
  const rows = new Int8Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const at = row * dimensions;
    let greatest = 0;
    for (let k = 0; k < dimensions; k++) {
      const value = Math.abs(vectors[at + k]!);
      if (value > greatest || Number.isNaN(value)) greatest = value;
      if (Number.isNaN(greatest)) break;
    }
    if (greatest === 0 || !Number.isFinite(greatest)) continue;
    scale[row] = greatest / 127;
    const inverse = 127 / greatest;
    for (let k = 0; k < dimensions; k++) {
      const value = vectors[at + k]! * inverse;
      rows[at + k] = value < 0 ? -Math.round(-value) : Math.round(value);
    }
  }
  return { dimensions, scale, rows };
}

/** The float rows that quantised ones stand for. */
export function dequantise(vectors: QuantisedVectors): Float32Array {
  const { dimensions, scale, rows } = vectors;
  const out = new Float32Array(rows.length);
  for (let row = 0; row < scale.length; row++) {
    const factor = scale[row]!;
    for (let k = row * dimensions; k < (row + 1) * dimensions; k++) out[k] = rows[k]! * factor;
  }
  return out;
}
