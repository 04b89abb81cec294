/** Ingests a benchmark set into a temporary store by the product's own pipeline; each corpus line is a document. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentId } from '../../graph-schema/index.js';
import { createExtractor, ingest, walk } from '../../ingest/index.js';
import { StoreError } from '../../src/errors.js';
import { IndexCache } from '../../src/index/index-cache.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import type { Embedder, GraphStore, PassageSearch } from '../../src/ports/index.js';
import { openSqliteStore } from '../../src/stores/sqlite/index.js';
import { SqlitePassageSearch } from '../../src/stores/sqlite/search/sqlite-passage-search.js';
import type { BenchSet } from './bench-set.js';
import type { IndexedSet } from './index-set.js';

const COLLECTION = 'bench';
const FILE = 'corpus.jsonl';

export interface IngestedSet extends IndexedSet, AsyncDisposable {
  /** Folder of the temporary store; gone when disposed. */
  readonly folder: string;
  readonly store: GraphStore;
  readonly cache: IndexCache;
  readonly search: PassageSearch;
}

/**
 * Writes the corpus as one JSONL file of id, title and text, and ingests it.
 * @param kept folder to leave the store in; default a temporary one
 * @throws StoreError BENCH_INGEST when a line was quarantined for another reason than being empty
 */
export async function ingestSet(set: BenchSet, embedder: Embedder, kept?: string): Promise<IngestedSet> {
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'hopwise-bench-')));
  const store = await openSqliteStore({ folder, create: true });
  const cache = new IndexCache(store, folder);
  const search = new SqlitePassageSearch(folder);
  const dispose = async (): Promise<void> => {
    cache[Symbol.dispose]();
    await search[Symbol.asyncDispose]();
    await store.close();
    if (kept === undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    const path = join(folder, FILE);
    const lines = set.documents.map(({ id, title, text }) => JSON.stringify({ id, title, text }));
    await writeFile(path, `${lines.join('\n')}\n`);
    const limits = DEFAULT_LIMITS;
    const context = { store, embedder, index: cache, extractor: createExtractor(), clock: () => new Date(), limits };
    const summary = await ingest(context, walk([path], { limits, exclude: [] }), { collection: COLLECTION });
    // A line with neither title nor text (Cranfield has two) cannot be found by anything; it stays gold if it is.
    const failed = summary.quarantined.find(({ code }) => code !== 'NO_TEXT');
    if (failed !== undefined) {
      throw new StoreError('BENCH_INGEST', `${set.name}: ${failed.uri} was not ingested: ${failed.message}`, {
        remedy: failed.remedy,
      });
    }
    const index = await cache.current(COLLECTION);
    const lineOf = new Map(set.documents.map(({ id }) => [documentId(COLLECTION, `${FILE}#${id}`), id]));
    const byNumber = Array.from({ length: index.documentCount }, (_, d) => {
      const line = lineOf.get(index.documentId(d));
      if (line === undefined) throw new Error(`document ${index.documentId(d)} is no line of the corpus`);
      return line;
    });
    return { set, index, lines: byNumber, folder, store, cache, search, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
