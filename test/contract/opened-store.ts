import assert from 'node:assert/strict';
import type { GraphStore, WriteBatch, WriterLease } from '../../src/ports/index.js';
import { EMBEDDER } from './fixtures.js';

/** A blank store for one test. */
export interface OpenedStore {
  readonly store: GraphStore;
  /** Another handle on the same data, as another process would have it. `dispose` closes it. */
  readonly reopen: () => Promise<GraphStore>;
  /** Closes all handles and deletes the data. */
  readonly dispose: () => Promise<void>;
}

export type OpenStore = () => Promise<OpenedStore>;

/** Runs `test` with a blank store, a lease and the collection `c`, and cleans up. */
export function withStore(
  open: OpenStore,
  test: (store: GraphStore, lease: WriterLease, opened: OpenedStore) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const opened = await open();
    try {
      const lease = await opened.store.acquireWriter({ waitMs: 0 });
      try {
        await lease.createCollection('c', EMBEDDER);
        await test(opened.store, lease, opened);
      } finally {
        await lease.release();
      }
    } finally {
      await opened.dispose();
    }
  };
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

export async function* each<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Lines of an export without the first, which holds what is not compared. */
export async function exported(store: GraphStore, collection = 'c'): Promise<string[]> {
  return (await all(store.export(collection))).slice(1);
}

/** The batch is refused with this code and leaves everything as it was, generation included. */
export async function assertRefused(
  store: GraphStore,
  lease: WriterLease,
  batch: WriteBatch,
  code: string,
): Promise<void> {
  const before = await all(store.export('c'));
  await assert.rejects(lease.commit('c', batch), { code });
  assert.deepEqual(await all(store.export('c')), before);
}
