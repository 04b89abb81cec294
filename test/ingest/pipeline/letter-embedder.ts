/** An embedder that costs nothing. */
import { ModelError } from '../../../src/errors.js';
import type { Embedder } from '../../../src/ports/index.js';

/** Counts letters: eight dimensions, unit length, the same for the same text; fails when `failAt` texts were embedded. */
export function letterEmbedder(failAt = Number.POSITIVE_INFINITY): Embedder & { embedded: number } {
  return {
    id: 'letters/1',
    dimensions: 8,
    embedded: 0,
    async embed(texts) {
      const rows = new Float32Array(8 * texts.length);
      texts.forEach((text, i) => {
        for (const char of text) rows[8 * i + (char.charCodeAt(0) % 8)]! += 1;
        const row = rows.subarray(8 * i, 8 * i + 8);
        const norm = Math.hypot(...row);
        for (let d = 0; d < 8; d++) row[d]! /= norm;
      });
      this.embedded += texts.length;
      if (this.embedded >= failAt) {
        throw new ModelError('MODEL_UNAVAILABLE', 'the endpoint does not answer', { remedy: 'Start it.' });
      }
      return rows;
    },
  };
}
