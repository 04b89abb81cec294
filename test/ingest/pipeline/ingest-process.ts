/** One of several processes that ingest a folder into the same Neo4j; told what to do by its first message. */
import { createExtractor, ingest, walk } from '../../../ingest/index.js';
import { IndexCache } from '../../../src/index/index-cache.js';
import { DEFAULT_LIMITS } from '../../../src/limits.js';
import { loadStaticEmbedder } from '../../../src/models/static-embedder.js';
import { openNeo4jStore } from '../../../src/stores/neo4j/index.js';

export interface IngestOrder {
  readonly server: { readonly uri: string; readonly username: string; readonly password: string };
  readonly collection: string;
  /** Folder to ingest. */
  readonly corpus: string;
  /** Folder of the index. */
  readonly cache: string;
  readonly batchPassages: number;
  readonly claimMs: number;
}

async function obey({ server, collection, corpus, cache, batchPassages, claimMs }: IngestOrder): Promise<void> {
  await using store = await openNeo4jStore({ ...server, leaseMs: 2_000 });
  const limits = { ...DEFAULT_LIMITS, claimMs };
  const context = {
    store,
    index: new IndexCache(store, cache),
    embedder: await loadStaticEmbedder(),
    extractor: createExtractor(),
    clock: () => new Date(),
    limits,
  };
  const summary = await ingest(context, walk([corpus], { limits, exclude: [] }), {
    collection,
    batchPassages,
    prune: { prefixes: [''] },
    onProgress: ({ sources }) => process.send?.({ sources }),
  });
  process.send?.({ summary });
}

process.once('message', (order: IngestOrder) => {
  obey(order)
    .catch((error: unknown) => {
      process.exitCode = 1;
      console.error(error);
    })
    .finally(() => process.disconnect());
});
