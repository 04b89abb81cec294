/** What the pipeline is given: ports and effects; it makes none of them itself. */

import type { ArrayIndex } from '../../src/index/array-index.js';
import type { CurrentOptions } from '../../src/index/index-cache.js';
import type { Limits } from '../../src/limits.js';
import type { Embedder, GraphStore } from '../../src/ports/index.js';
import type { Extractor } from '../extract/extractor.js';

/** The retrieval index at the store's generation; `IndexCache` is one. */
export interface CurrentIndex {
  current(collection: string, options?: CurrentOptions): Promise<ArrayIndex>;
}

export interface IngestContext {
  readonly store: GraphStore;
  readonly embedder: Embedder;
  readonly index: CurrentIndex;
  readonly extractor: Extractor;
  readonly clock: () => Date;
  readonly limits: Limits;
}
