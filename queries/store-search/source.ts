/** Where a question is ranked: on the RetrievalIndex in memory, or on what the store's own search gives. */
import { UsageError } from '../../src/errors.js';
import { estimateIndexBytes } from '../../src/index/index-size.js';
import type { CollectionInfo, PassageSearch, SearchProgress } from '../../src/ports/index.js';
import type { QueryContext } from '../query-context.js';

export const RETRIEVAL_SOURCES = ['memory', 'store'] as const;
/** `memory`: the RetrievalIndex. `store`: candidates and neighbourhoods from the store; the same scorer ranks them. */
export type RetrievalSource = (typeof RETRIEVAL_SOURCES)[number];

export interface SourceOptions {
  /** Default: `store` for collections whose index would take more memory than `limits.maxIndexBytes`, else `memory`. */
  readonly source?: RetrievalSource | undefined;
  /** Told while what the store's search needs is brought up to date. */
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

export interface ChosenSource {
  /** The store's search when the question is to be ranked on it. */
  readonly search?: PassageSearch;
  /** The collection, where the choice needed it. */
  readonly known?: CollectionInfo;
}

/**
 * @throws UsageError `NO_STORE_SEARCH` when it is asked for and there is none
 */
export async function chooseSource(
  { store, search, limits }: QueryContext,
  collection: string,
  source: RetrievalSource | undefined,
): Promise<ChosenSource> {
  if (source === 'memory' || (source === undefined && search === undefined)) return {};
  if (search === undefined) {
    throw new UsageError('NO_STORE_SEARCH', 'This store has no search of its own', {
      place: { field: 'source' },
      remedy: 'Ask with source "memory".',
    });
  }
  if (source === 'store') return { search };
  const known = await store.collection(collection);
  if (known === undefined) return {};
  return estimateIndexBytes(known) > limits.maxIndexBytes ? { search } : { known };
}
