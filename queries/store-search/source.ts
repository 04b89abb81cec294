/** Where a question is ranked: on the RetrievalIndex in memory, or on what the store's own search gives. */
import { UsageError } from '../../src/errors.js';
import type { PassageSearch, SearchProgress } from '../../src/ports/passage-search.js';
import type { QueryContext } from '../query-context.js';

export const RETRIEVAL_SOURCES = ['memory', 'store'] as const;
/** `memory`: the RetrievalIndex. `store`: candidates and neighbourhoods from the store; the same scorer ranks them. */
export type RetrievalSource = (typeof RETRIEVAL_SOURCES)[number];

export interface SourceOptions {
  /** Default: `store` for collections of more than `limits.maxIndexPassages` passages, else `memory`. */
  readonly source?: RetrievalSource | undefined;
  /** Told while what the store's search needs is brought up to date. */
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

/**
 * The store's search when the question is to be ranked on it, else undefined.
 * @throws UsageError `NO_STORE_SEARCH` when it is asked for and there is none
 */
export async function storeSearchFor(
  { store, search, limits }: QueryContext,
  collection: string,
  source: RetrievalSource | undefined,
): Promise<PassageSearch | undefined> {
  if (source === 'memory' || (source === undefined && search === undefined)) return undefined;
  if (search === undefined) {
    throw new UsageError('NO_STORE_SEARCH', 'This store has no search of its own', {
      place: { field: 'source' },
      remedy: 'Ask with source "memory".',
    });
  }
  if (source === 'store') return search;
  const passages = (await store.collection(collection))?.counts.passages ?? 0;
  return passages > limits.maxIndexPassages ? search : undefined;
}
