import assert from 'node:assert/strict';
import { EventEmitter, on } from 'node:events';
import { ingest, ingestChanges, reembed, type SourceRef } from '../../../ingest/index.js';
import { StoreLockedError } from '../../../src/errors.js';
import { openSqliteStore } from '../../../src/stores/sqlite/open-sqlite-store.js';
import { besideWriters } from './beside-writers.js';
import { letterEmbedder } from './letter-embedder.js';
import { openContexts } from './shared-writing.js';
import { snapshot } from './snapshot.js';
import { COLLECTION, memorySource, openWorkbench, type Workbench } from './workbench.js';

const SOURCES = ['ada', 'bryn', 'cora'].map((name, i) =>
  memorySource(`w/${name}.md`, `# ${name}\n\nSomebody called ${name} lived in house ${i}.\n`),
);

describe('on a store written by turns', () => {
  besideWriters(async () => {
    const bench = await openWorkbench();
    const { contexts, close } = await openContexts(bench, [[], [1, 0, 2]]);
    const limits = { ...contexts[0]!.limits, writerWaitMs: 60_000 };
    return {
      contexts: [
        { ...contexts[0]!, limits },
        { ...contexts[1]!, limits },
      ],
      dispose: async () => {
        await close();
        await bench[Symbol.asyncDispose]();
      },
    };
  });
});

describe('on a store that one process writes for a whole run', () => {
  let bench: Workbench;

  beforeEach(async () => {
    bench = await openWorkbench();
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const freshly = async (embedder = bench.context.embedder) => {
    await using other = await openWorkbench({ embedder });
    await ingest(other.context, SOURCES, { collection: COLLECTION });
    return await snapshot(other.context);
  };
  const isLocked = (error: Error & { code?: string; remedy?: string }): true => {
    assert.equal(error.name, 'StoreLockedError');
    assert.match(error.remedy ?? '', /process/);
    return true;
  };

  it('a watch waits for the other writer as often as it takes, and stores what came meanwhile', async () => {
    const events = new EventEmitter();
    const controller = new AbortController();
    const other = await openSqliteStore({ folder: bench.folder, create: false });
    const lease = await other.acquireWriter({ waitMs: 0 });
    const told: StoreLockedError[] = [];
    const onLocked = (error: StoreLockedError): void => {
      told.push(error);
      if (told.length === 2) void lease.release();
    };
    const options = {
      collection: COLLECTION,
      quietMs: 5,
      lockedMs: 5,
      signal: controller.signal,
      onLocked,
      onSummary: () => controller.abort(),
    };
    async function* walk(): AsyncGenerator<SourceRef> {
      yield* SOURCES;
    }
    const limits = { ...bench.context.limits, writerWaitMs: 20 };
    try {
      const watching = ingestChanges({ ...bench.context, limits }, on(events, 'change'), walk, options);
      events.emit('change');
      assert.equal(await watching, 1);
      assert.ok(told.length >= 2 && told.every(isLocked));
      assert.deepEqual(await snapshot(bench.context), await freshly());
    } finally {
      await lease.release();
      await other.close();
    }
  });

  it('a reembed during an ingest is told who writes, and the ingest ends as if alone', async () => {
    let refused: unknown;
    const meddling = SOURCES.map((source, i) => ({
      ...source,
      open: async (signal?: AbortSignal) => {
        if (i === 1) {
          const embedder = letterEmbedder();
          refused = await reembed({ ...bench.context, embedder }, COLLECTION).catch((error: unknown) => error);
        }
        return source.open(signal);
      },
    }));
    await ingest(bench.context, meddling, { collection: COLLECTION, batchPassages: 1 });
    assert.ok(refused instanceof StoreLockedError && isLocked(refused));
    assert.deepEqual(await snapshot(bench.context), await freshly());
  });

  it('an ingest during a reembed is told who writes, and after it that the embedder is another', async () => {
    await ingest(bench.context, SOURCES.slice(0, 2), { collection: COLLECTION });
    const embedder = letterEmbedder();
    let refused: unknown;
    const onProgress = async (): Promise<void> => {
      refused ??= ingest(bench.context, SOURCES, { collection: COLLECTION }).catch((error: unknown) => error);
      await refused;
    };
    const slow = {
      ...embedder,
      embed: async (...call: Parameters<typeof embedder.embed>) => {
        await onProgress();
        return embedder.embed(...call);
      },
    };
    await reembed({ ...bench.context, embedder: slow }, COLLECTION, { batchPassages: 1 });
    const error = await refused;
    assert.ok(error instanceof StoreLockedError && isLocked(error));
    await assert.rejects(ingest(bench.context, SOURCES, { collection: COLLECTION }), { code: 'EMBEDDER_MISMATCH' });
    await ingest({ ...bench.context, embedder }, SOURCES, { collection: COLLECTION });
    assert.deepEqual(await snapshot(bench.context), await freshly(embedder));
  });
});
