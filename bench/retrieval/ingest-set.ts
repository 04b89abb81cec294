/** Ingests a benchmark set by the product's own pipeline; each corpus line is a document. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentId } from '../../graph-schema/index.js';
import { createExtractor, ingest, walk } from '../../ingest/index.js';
import { StoreError } from '../../src/errors.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import type { Embedder } from '../../src/ports/index.js';
import type { BenchSet } from './bench-set.js';
import type { IndexedSet } from './index-set.js';
import { type BenchStore, type BenchStoreOptions, openBenchStore } from './open-bench-store.js';

const FILE = 'corpus.jsonl';

export interface IngestedSet extends IndexedSet, BenchStore {}

export interface IngestSetOptions extends BenchStoreOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes the corpus as one JSONL file of id, title and text, and ingests it.
 * @throws StoreError BENCH_INGEST when a line was quarantined for another reason than being empty
 */
export async function ingestSet(
  set: BenchSet,
  embedder: Embedder,
  { signal, ...place }: IngestSetOptions = {},
): Promise<IngestedSet> {
  const opened = await openBenchStore(place);
  const { collection, store, cache, folder } = opened;
  try {
    const path = join(folder, FILE);
    const lines = set.documents.map(({ id, title, text }) => JSON.stringify({ id, title, text }));
    await writeFile(path, `${lines.join('\n')}\n`);
    const limits = DEFAULT_LIMITS;
    const context = { store, embedder, index: cache, extractor: createExtractor(), clock: () => new Date(), limits };
    const summary = await ingest(context, walk([path], { limits, exclude: [], signal }), { collection, signal });
    // A line with neither title nor text (Cranfield has two) cannot be found by anything; it stays gold if it is.
    const failed = summary.quarantined.find(({ code }) => code !== 'NO_TEXT');
    if (failed !== undefined) {
      throw new StoreError('BENCH_INGEST', `${set.name}: ${failed.uri} was not ingested: ${failed.message}`, {
        remedy: failed.remedy,
      });
    }
    const index = await cache.current(collection);
    const lineOf = new Map(set.documents.map(({ id }) => [documentId(collection, `${FILE}#${id}`), id]));
    const byNumber = Array.from({ length: index.documentCount }, (_, d) => {
      const line = lineOf.get(index.documentId(d));
      if (line === undefined) throw new Error(`document ${index.documentId(d)} is no line of the corpus`);
      return line;
    });
    return { ...opened, set, index, lines: byNumber };
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}
