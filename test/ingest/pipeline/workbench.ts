/** A store, index, embedder and extractor in a temporary folder, and sources held in memory. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IngestContext } from '../../../ingest/index.js';
import { createExtractor, type SourceRef } from '../../../ingest/index.js';
import { IndexCache } from '../../../src/index/index-cache.js';
import { DEFAULT_LIMITS } from '../../../src/limits.js';
import { loadStaticEmbedder } from '../../../src/models/static-embedder.js';
import { openSqliteStore } from '../../../src/stores/sqlite/open-sqlite-store.js';

export const COLLECTION = 'main';
export const MODIFIED = new Date('2021-03-04T05:06:07.000Z');

export interface Workbench extends AsyncDisposable {
  readonly context: IngestContext;
  readonly folder: string;
}

const embedder = loadStaticEmbedder();
const extractor = createExtractor();

/** Opens a new store, removed when disposed of. `overrides` replace ports. */
export async function openWorkbench(overrides: Partial<IngestContext> = {}): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'hopwise-pipeline-'));
  const store = await openSqliteStore({ folder, create: true });
  let ticks = 0;
  return {
    folder,
    context: {
      store,
      index: new IndexCache(store, folder),
      embedder: await embedder,
      extractor,
      // Every reading differs, so that a date that leaks into what is compared is noticed.
      clock: () => new Date(Date.UTC(2030, 0, 1) + 1000 * ticks++ + Math.floor(performance.now())),
      limits: { ...DEFAULT_LIMITS, writerWaitMs: 200 },
      ...overrides,
    },
    [Symbol.asyncDispose]: async () => {
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A source held in memory. */
export function memorySource(uri: string, content: string | Uint8Array, modified: Date = MODIFIED): SourceRef {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const extension = /\.([^./]+)$/.exec(uri)?.[1]?.toLowerCase() ?? '';
  return { uri, size: bytes.length, modified, extension, open: async () => ({ uri, bytes, extension }) };
}

/** A source whose opening fails. */
export function brokenSource(uri: string, error: Error): SourceRef {
  return { uri, size: 10, modified: MODIFIED, extension: 'md', open: () => Promise.reject(error) };
}
