/** What questions need from outside: ports and configuration, all injected. */
import type { RetrievalIndex } from '../src/index/retrieval-index.js';
import type { Limits } from '../src/limits.js';
import type { ChatModel, CollectionInfo, Embedder, GraphStore, PassageSearch } from '../src/ports/index.js';
import type { Ranker } from './retrieve/ranker.js';

export interface QueryContext {
  readonly store: GraphStore;
  /** Gives the index of the collection's present generation; of `known`, where it was just read. */
  readonly index: {
    current(collection: string, options?: { readonly known?: CollectionInfo | undefined }): Promise<RetrievalIndex>;
  };
  /** Search inside the store, the second source of retrieval; see `SourceOptions`. */
  readonly search?: PassageSearch | undefined;
  /** The collection's embedder. */
  readonly embedder: Embedder;
  readonly ranker: Ranker;
  /** Writes the answer when given and not switched off. */
  readonly chat?: ChatModel | undefined;
  readonly limits: Limits;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
}
