/** Sign bits of rows of int8, laid out for the kernel of the vector search. */

/** Rows of a block of signs. */
export const BLOCK_ROWS = 16;
/** Bytes of signs a row at most: the first 128 components choose rows well enough for any model. */
export const SIGN_BYTES = 16;

/** Bytes of signs a row. */
export function signBytes(dimensions: number): number {
  return Math.min(SIGN_BYTES, Math.ceil(dimensions / 8));
}

/**
 * Signs of row minus mean: bit i of byte k is set when component 8 k + i is above the mean. Rows lie in blocks of sixteen,
 * byte 0 of each row of the block first, then byte 1 of each, and so on; the last block is filled up with zeros.
 */
export function signBits(rows: Int8Array, scale: Float32Array, mean: Float32Array): Uint8Array {
  const dimensions = mean.length;
  const bytes = signBytes(dimensions);
  const signs = new Uint8Array(Math.ceil(scale.length / BLOCK_ROWS) * BLOCK_ROWS * bytes);
  const centred = mean.every((component) => component === 0);
  for (let row = 0; row < scale.length; row++) {
    const factor = scale[row]!;
    const base = row * dimensions;
    const block = Math.floor(row / BLOCK_ROWS) * BLOCK_ROWS * bytes + (row % BLOCK_ROWS);
    for (let byte = 0; byte < bytes; byte++) {
      const from = byte * 8;
      const to = Math.min(from + 8, dimensions);
      let bits = 0;
      // The sign bit of -x tells x > 0 without a branch.
      if (centred) for (let j = from; j < to; j++) bits |= (-rows[base + j]! >>> 31) << (j - from);
      else for (let j = from; j < to; j++) bits |= (factor * rows[base + j]! > mean[j]! ? 1 : 0) << (j - from);
      signs[block + byte * BLOCK_ROWS] = bits;
    }
  }
  return signs;
}
