/** Store, index and pipeline over a folder, as the product joins them. */
import { join } from 'node:path';
import { createExtractor, type IngestContext, type IngestSummary, ingest, rootUris, walk } from '../../ingest/index.js';
import { IndexCache } from '../../src/index/index-cache.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { loadStaticEmbedder } from '../../src/models/static-embedder.js';
import { openSqliteStore } from '../../src/stores/sqlite/index.js';

export const COLLECTION = 'main';

/** Small, so that a run has many commits to be killed between. */
export const BATCH_PASSAGES = 12;

const embedder = loadStaticEmbedder();
const extractor = createExtractor();

export async function openContext(folder: string): Promise<IngestContext> {
  const store = await openSqliteStore({ folder, create: true });
  return {
    store,
    index: new IndexCache(store, folder),
    embedder: await embedder,
    extractor,
    clock: () => new Date(),
    limits: DEFAULT_LIMITS,
  };
}

/** Makes the collection equal to the corpus: what is new, edited or gone. */
export async function ingestCorpus(context: IngestContext, corpus: string): Promise<IngestSummary> {
  return ingest(context, walk([corpus], { limits: context.limits }), {
    collection: COLLECTION,
    batchPassages: BATCH_PASSAGES,
    prune: { prefixes: await rootUris([corpus]) },
  });
}

export const corpusOf = (folder: string): string => join(folder, 'corpus');
export const storeOf = (folder: string): string => join(folder, 'store');
