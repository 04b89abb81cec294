/** One of the processes of `shareIngest`: gets ready, waits for the start, ingests, tells what it did. */
import { createExtractor, ingest, tuneForIngest, walk } from '../../ingest/index.js';
import { IndexCache } from '../../src/index/index-cache.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { loadStaticEmbedder } from '../../src/models/static-embedder.js';
import { openNeo4jStore } from '../../src/stores/neo4j/index.js';
import { openSqliteStore } from '../../src/stores/sqlite/index.js';

export interface SharedServer {
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly database?: string | undefined;
}

export interface ShareOrder {
  /** Undefined: an embedded store in the folder of the index. */
  readonly server: SharedServer | undefined;
  readonly collection: string;
  /** Folder of the documents, a file each. */
  readonly corpus: string;
  /** Folder of the index. */
  readonly cache: string;
}

export type ShareReply =
  | { readonly ready: true }
  | {
      readonly ready: false;
      readonly added: number;
      readonly passages: number;
      /** From the start to the end; without loading the program and the models. */
      readonly cpuSeconds: number;
    };

async function obey({ server, collection, corpus, cache }: ShareOrder): Promise<void> {
  tuneForIngest();
  await using store =
    server === undefined ? await openSqliteStore({ folder: cache, create: true }) : await openNeo4jStore(server);
  const embedder = await loadStaticEmbedder();
  const limits = DEFAULT_LIMITS;
  const index = new IndexCache(store, cache);
  const context = { store, index, embedder, extractor: createExtractor(), clock: () => new Date(), limits };
  const started = new Promise((resolve) => process.once('message', resolve));
  process.send?.({ ready: true } satisfies ShareReply);
  await started;
  const before = process.cpuUsage();
  const { added, passages } = await ingest(context, walk([corpus], { limits, exclude: [] }), { collection });
  const { user, system } = process.cpuUsage(before);
  process.send?.({ ready: false, added, passages, cpuSeconds: (user + system) / 1e6 } satisfies ShareReply);
}

process.once('message', (order: ShareOrder) => {
  obey(order)
    .catch((error: unknown) => {
      process.exitCode = 1;
      console.error(error);
    })
    .finally(() => process.disconnect());
});
