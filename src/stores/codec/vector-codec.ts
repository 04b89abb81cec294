/**
 * Sentence vectors as a BLOB: dimensions and number of rows (uint32), a float32 scale a row, the int8 rows; in the
 * machine's byte order, little-endian on every platform Node supports this driver on.
 */
import { UsageError } from '../../errors.js';
import type { QuantisedVectors } from '../../ports/index.js';

const HEADER_BYTES = 8;

/** Throws UsageError when the rows do not have the shape they claim, or not the collection's dimensions. */
export function encodeVectors(vectors: QuantisedVectors, dimensions: number): Uint8Array {
  const count = vectors.scale.length;
  if (vectors.dimensions !== dimensions || vectors.rows.length !== count * dimensions)
    throw new UsageError(
      'EMBEDDER_MISMATCH',
      `Vectors of ${vectors.dimensions} dimensions (${vectors.rows.length} numbers in ${count} rows) where the collection has ${dimensions}`,
      { remedy: 'Use the embedder that the collection was made with, or change it with `hopwise reembed`.' },
    );
  const bytes = new Uint8Array(HEADER_BYTES + 4 * count + vectors.rows.length);
  new Uint32Array(bytes.buffer, 0, 2).set([dimensions, count]);
  new Float32Array(bytes.buffer, HEADER_BYTES, count).set(vectors.scale);
  new Int8Array(bytes.buffer, HEADER_BYTES + 4 * count).set(vectors.rows);
  return bytes;
}

/** Views on `bytes`, copied only when they do not lie on a four-byte boundary. */
export function decodeVectors(bytes: Uint8Array): QuantisedVectors {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const { buffer, byteOffset } = aligned;
  const [dimensions = 0, count = 0] = new Uint32Array(buffer, byteOffset, 2);
  return {
    dimensions,
    scale: new Float32Array(buffer, byteOffset + HEADER_BYTES, count),
    rows: new Int8Array(buffer, byteOffset + HEADER_BYTES + 4 * count, count * dimensions),
  };
}
