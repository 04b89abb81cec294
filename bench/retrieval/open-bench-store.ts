/** The store that a benchmark fills: a temporary folder, or a collection of its own in a Neo4j; gone when disposed. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexCache } from '../../src/index/index-cache.js';
import type { GraphStore, PassageSearch } from '../../src/ports/index.js';
import type { Neo4jOptions } from '../../src/stores/neo4j/connect.js';
import { openSqliteStore } from '../../src/stores/sqlite/index.js';
import { SqlitePassageSearch } from '../../src/stores/sqlite/search/sqlite-passage-search.js';

export interface BenchStore extends AsyncDisposable {
  readonly collection: string;
  readonly store: GraphStore;
  readonly cache: IndexCache;
  readonly search: PassageSearch;
  /** For the corpus, the index and, of the embedded store, the store. */
  readonly folder: string;
}

export interface BenchStoreOptions {
  /** Folder to leave the embedded store in; default a temporary one. */
  readonly kept?: string | undefined;
  /** A Neo4j instead of the embedded store; none of its collections but the benchmark's own is touched. */
  readonly neo4j?: Neo4jOptions | undefined;
}

const COLLECTION = 'bench';
const WRITER_WAIT_MS = 60_000;

export async function openBenchStore({ kept, neo4j }: BenchStoreOptions = {}): Promise<BenchStore> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'hopwise-bench-')));
  const clean = async (): Promise<void> => {
    if (kept === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    return neo4j === undefined ? await openFolder(folder, clean) : await openServer(folder, neo4j, clean);
  } catch (error) {
    await clean();
    throw error;
  }
}

async function openFolder(folder: string, clean: () => Promise<void>): Promise<BenchStore> {
  const store = await openSqliteStore({ folder, create: true });
  const cache = new IndexCache(store, folder);
  const search = new SqlitePassageSearch(folder);
  const dispose = async (): Promise<void> => {
    cache[Symbol.dispose]();
    await search[Symbol.asyncDispose]();
    await store.close();
    await clean();
  };
  return { collection: COLLECTION, store, cache, search, folder, [Symbol.asyncDispose]: dispose };
}

// The driver is loaded only where a Neo4j is measured.
async function openServer(folder: string, options: Neo4jOptions, clean: () => Promise<void>): Promise<BenchStore> {
  const { openNeo4jStore } = await import('../../src/stores/neo4j/open-neo4j-store.js');
  const { Neo4jPassageSearch } = await import('../../src/stores/neo4j/search/neo4j-passage-search.js');
  const collection = `${COLLECTION}-${randomUUID()}`;
  const store = await openNeo4jStore(options);
  const cache = new IndexCache(store, folder);
  const search = new Neo4jPassageSearch(store.connection, store);
  const drop = async (): Promise<void> => {
    if ((await store.collection(collection)) === undefined) return;
    await using lease = await store.acquireWriter({ waitMs: WRITER_WAIT_MS });
    await lease.deleteCollection(collection);
    await search.forget(collection);
  };
  const dispose = async (): Promise<void> => {
    cache[Symbol.dispose]();
    await search[Symbol.asyncDispose]();
    try {
      await drop();
    } finally {
      await store.close();
      await clean();
    }
  };
  return { collection, store, cache, search, folder, [Symbol.asyncDispose]: dispose };
}
