/** How much memory the index of a collection takes, before there is one. */
import type { CollectionInfo } from '../ports/index.js';

/**
 * Measured on 101,060 passages of encyclopedia text by `npm run bench:search` (docs/retrieval.md): 4.3 KB a passage at 256
 * dimensions, of 4.9 sentence rows, each in the index and in the memory of its vector search.
 */
const PASSAGE_BYTES = 1_600;
const ROWS = 5;
const COPIES = 2;
/** Scale, signs and numbers of a row. */
const ROW_BYTES = 20;

/** Bytes that a process needs to rank questions on the index, beside what it needs anyway; an estimate. */
export function estimateIndexBytes({ counts, embedder }: Pick<CollectionInfo, 'counts' | 'embedder'>): number {
  return counts.passages * (PASSAGE_BYTES + ROWS * COPIES * (embedder.dimensions + ROW_BYTES));
}
