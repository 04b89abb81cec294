/** A store that several runs write by turns, for tests on one that would keep the writer for a run. */
import { setImmediate } from 'node:timers/promises';
import type { IngestContext } from '../../../ingest/index.js';
import { IndexCache } from '../../../src/index/index-cache.js';
import type { GraphStore } from '../../../src/ports/index.js';
import { openSqliteStore } from '../../../src/stores/sqlite/open-sqlite-store.js';
import type { Workbench } from './workbench.js';

const WAITED_FOR = ['acquireWriter', 'changes', 'claimSources', 'releaseSources', 'generation', 'source'] as const;

/**
 * The store, written by turns.
 * @param pauses turns of the event loop that its calls wait, one after the other; decides how runs interleave
 */
export function bySharedTurns(store: GraphStore, pauses: readonly number[] = []): GraphStore {
  let calls = 0;
  const waiting = Object.fromEntries(
    WAITED_FOR.map((name) => [
      name,
      {
        value: async (...values: never[]): Promise<unknown> => {
          const pause = pauses.length === 0 ? 0 : pauses[calls++ % pauses.length]!;
          for (let i = 0; i < pause; i++) await setImmediate();
          return (store[name] as (...given: never[]) => Promise<unknown>).apply(store, values);
        },
      },
    ]),
  );
  return Object.create(store, { ...waiting, sharedWriting: { value: true } }) as GraphStore;
}

/** Contexts as so many processes would have them, each with a handle of its own on the workbench's store. */
export async function openContexts(
  bench: Workbench,
  pauses: readonly (readonly number[])[],
): Promise<{ readonly contexts: IngestContext[]; readonly close: () => Promise<void> }> {
  const handles: GraphStore[] = [];
  const contexts: IngestContext[] = [];
  for (const its of pauses) {
    const handle = await openSqliteStore({ folder: bench.folder, create: false });
    handles.push(handle);
    const store = bySharedTurns(handle, its);
    const limits = { ...bench.context.limits, commitWaitMs: 60_000, claimMs: 60_000 };
    contexts.push({ ...bench.context, store, index: new IndexCache(store, bench.folder), limits });
  }
  return {
    contexts,
    close: async () => {
      for (const handle of handles) await handle.close();
    },
  };
}
