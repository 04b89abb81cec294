import assert from 'node:assert/strict';
import { join } from 'node:path';
import { trimRemovals } from '../../../src/stores/sqlite/collection-rows.js';
import { connectForWriting } from '../../../src/stores/sqlite/connect.js';
import { EMBEDDER, made, put, remove } from '../../contract/fixtures.js';
import { all } from '../../contract/opened-store.js';
import { openTemporary } from './temporary-store.js';

describe('removals remembered by the embedded store', () => {
  it('gives everything to readers older than the removals it still knows', async () => {
    const temporary = await openTemporary();
    try {
      const { store, folder } = temporary;
      const lease = await store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      const documents = ['a', 'b', 'c', 'd'].map((uri) => made('c', { uri, passages: [uri] }));
      const ids = documents.map(({ stored }) => stored.document.id);
      await lease.commit('c', put(documents));
      await lease.commit('c', remove(ids[0]!));
      await lease.commit('c', remove(ids[1]!));
      const connection = connectForWriting(join(folder, 'store.sqlite'), undefined);
      trimRemovals(connection, 1, 2);
      assert.equal((await store.changes('c', 2)).complete, false, 'two are not too many');
      trimRemovals(connection, 1, 1);
      connection.close();
      const seen = async (since: number) => {
        const { removed, complete, put: stream } = await store.changes('c', since);
        return { removed, complete, put: (await all(stream)).map(({ document }) => document.id) };
      };
      const left = [ids[2]!, ids[3]!].sort();
      assert.deepEqual(await seen(1), { removed: [], complete: true, put: left });
      assert.deepEqual(await seen(2), { removed: [], complete: true, put: left });
      assert.deepEqual(await seen(3), { removed: [], complete: false, put: [] });
      await lease.commit('c', remove(ids[2]!));
      assert.deepEqual(await seen(3), { removed: [ids[2]], complete: false, put: [] });
    } finally {
      await temporary.dispose();
    }
  });
});
