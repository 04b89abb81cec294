/** Sentence vectors of the index: int8 rows with their scale, and the sign bits that the search looks at first. */
import type { PassageTable } from '../graph/passage-table.js';
import type { SectionArrays } from './sections.js';

export type FoldedVectors = Pick<SectionArrays, 'vectorScale' | 'vectorRows' | 'vectorMean' | 'vectorSigns'>;

/** Components whose signs are kept at most; more tell little that the first do not. */
const MAX_SIGNS = 384;
/** Rows that the mean is taken over, about. */
const MEAN_ROWS = 4_096;
/** Length from which a mean of unit vectors counts. */
const LONG_MEAN = 0.3;

/** Words that lie plane by plane. */
export const COARSE_WORDS = 3;

/** Words of 32 sign bits a row. */
export function signWords(dimensions: number): number {
  return Math.ceil(Math.min(dimensions, MAX_SIGNS) / 32);
}

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
  return { vectorScale, vectorRows, vectorMean, vectorSigns: signBits(vectorRows, vectorScale, vectorMean) };
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

/**
 * Signs of row minus mean, in words of 32 bits: bit j of word w is set when component 32 w + j is above the mean. The
 * first three words lie plane by plane (word w of row r at `w * rows + r`), since of many rows they are compared alone; the
 * other words follow row by row.
 */
export function signBits(rows: Int8Array, scale: Float32Array, mean: Float32Array): Uint32Array {
  const count = scale.length;
  const dimensions = mean.length;
  const words = signWords(dimensions);
  const signs = new Uint32Array(words * count);
  const coarse = Math.min(words, COARSE_WORDS);
  const centred = mean.every((component) => component === 0);
  for (let row = 0; row < count; row++) {
    const factor = scale[row]!;
    const base = row * dimensions;
    for (let w = 0; w < words; w++) {
      const from = w * 32;
      const to = Math.min(from + 32, dimensions);
      let bits = 0;
      // The sign bit of -x tells x > 0 without a branch.
      if (centred) for (let j = from; j < to; j++) bits |= (-rows[base + j]! >>> 31) << (j - from);
      else for (let j = from; j < to; j++) bits |= (factor * rows[base + j]! > mean[j]! ? 1 : 0) << (j - from);
      const at = w < coarse ? w * count + row : coarse * count + row * (words - coarse) + w - coarse;
      signs[at] = bits;
    }
  }
  return signs;
}
