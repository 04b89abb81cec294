/** Sentence vectors of the index: int8 rows with their scale, and the sign bits that the search looks at first. */
import type { PassageTable } from '../graph/passage-table.js';
import type { SectionArrays } from './sections.js';
import { signBits } from './sign-bits.js';

export type FoldedVectors = Pick<SectionArrays, 'vectorScale' | 'vectorRows' | 'vectorMean' | 'vectorSigns'>;

/** Rows up to which all are compared, and no signs are kept. */
const EXACT_ROWS = 65_536;
/** Rows that the mean is taken over, about. */
const MEAN_ROWS = 4_096;
/** Length from which a mean of unit vectors counts. */
const LONG_MEAN = 0.3;

/** Copies the rows of all passages in index order; rows of other dimensions, or missing, stay zero. */
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
  const vectorMean = meanVector(vectorRows, vectorScale, dimensions);
  const vectorSigns = rows > EXACT_ROWS ? signBits(vectorRows, vectorScale, vectorMean) : new Uint8Array(0);
  return { vectorScale, vectorRows, vectorMean, vectorSigns };
}

/**
 * Mean of rows taken at even distances, summed in row order; zero unless it is long. Vectors of many transformers share a
 * direction, which would leave most signs alike; those of the static table do not, and are compared as they are.
 */
function meanVector(rows: Int8Array, scale: Float32Array, dimensions: number): Float32Array {
  const step = Math.max(1, Math.floor(scale.length / MEAN_ROWS));
  const sum = new Float64Array(dimensions);
  let count = 0;
  for (let row = 0; row < scale.length; row += step) {
    const factor = scale[row]!;
    const base = row * dimensions;
    for (let j = 0; j < dimensions; j++) sum[j]! += factor * rows[base + j]!;
    count++;
  }
  const mean = Float32Array.from(sum, (total) => (count === 0 ? 0 : total / count));
  let square = 0;
  for (const component of mean) square += component * component;
  return square >= LONG_MEAN * LONG_MEAN ? mean : new Float32Array(dimensions);
}
