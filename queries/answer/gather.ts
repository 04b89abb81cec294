/** From a question to its evidence at one generation: analyse, retrieve, read. */

import { StoreError } from '../../src/errors.js';
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import { allowedPassages } from '../filter.js';
import type { QueryContext } from '../query-context.js';
import { retrieve } from '../retrieve/retrieve.js';
import type { Filter, Retrieval } from '../types.js';
import { type HitRecord, readHits } from './evidence.js';

/** Times that a vanished passage makes us start again with the newer index. */
const ATTEMPTS = 3;

/** Embedders whose similarities the abstention model was fitted with: scales differ from model to model. */
const CALIBRATED = 'static-';

export interface Gathered {
  readonly index: RetrievalIndex;
  readonly retrieval: Retrieval;
  readonly records: readonly HitRecord[];
}

export interface GatherOptions {
  readonly collection: string;
  readonly k: number;
  readonly filter?: Filter | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Retrieves and reads; starts again when a writer took passages away between the two, so that all that is read
 * belongs to one generation.
 * @throws StoreError when the collection changes faster than it can be read
 */
export async function gather(context: QueryContext, question: string, options: GatherOptions): Promise<Gathered> {
  const { store, embedder, ranker, now } = context;
  const { collection, k, filter, signal } = options;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    signal?.throwIfAborted();
    const index = await context.index.current(collection);
    const allowed = await allowedPassages(store, index, collection, filter);
    const retrieval = await retrieve({ index, embedder, ranker, now }, question, { k, allowed, signal });
    const records = await readHits({ store, collection }, retrieval.hits);
    if (records !== undefined) {
      if (!embedder.id.startsWith(CALIBRATED)) return { index, retrieval, records };
      const similarity = (passage: number): number => index.similarity(retrieval.vector, passage);
      const measured = records.map((item) => ({ ...item, similarity: similarity(item.hit.passage) }));
      return { index, retrieval, records: measured };
    }
  }
  throw new StoreError('COLLECTION_BUSY', `Collection "${collection}" changed ${ATTEMPTS} times while it was read`, {
    remedy: 'Ask again when the running ingest is done.',
  });
}
