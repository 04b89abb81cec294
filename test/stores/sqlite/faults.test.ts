import assert from 'node:assert/strict';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../../../src/errors.js';
import type { GraphStore } from '../../../src/ports/index.js';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';
import { EMBEDDER, type Made, made, put, remove } from '../../contract/fixtures.js';
import { all } from '../../contract/opened-store.js';
import { openTemporary, temporaryFolder } from './temporary-store.js';

const large = (uri: string): Made =>
  made('c', {
    uri,
    passages: Array.from({ length: 20 }, (_, i) => ({ text: `${uri} ${i} `.repeat(200), mentions: [uri, `k${i}`] })),
  });

describe('faults of disk and file under the embedded store', () => {
  it('stops at a full disk with nothing of the batch stored, and goes on when there is space', async () => {
    const temporary = await openTemporary({ maxPages: 104 });
    try {
      const { store } = temporary;
      const lease = await store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      let stored = 0;
      let lines: string[] = [];
      await assert.rejects(
        async () => {
          for (; stored < 100; stored++) {
            lines = await all(store.export('c'));
            await lease.commit('c', put([large(`u${stored}`)]));
          }
        },
        (error: unknown) => {
          assert.ok(error instanceof StoreError);
          assert.equal(error.code, 'STORE_FULL');
          assert.match(error.remedy, /space/);
          return true;
        },
      );
      assert.ok(stored > 1);
      assert.deepEqual(await all(store.export('c')), lines);
      assert.deepEqual(await store.check(), []);
      await assert.rejects(store.import(lease, 'copy', store.export('c')), { code: 'STORE_FULL' });
      assert.equal((await store.collections()).length, 1);
      await lease.commit('c', remove(large('u0').stored.document.id));
      await lease.commit('c', put([large(`u${stored}`)]));
      await lease.release();
      const roomy = await temporary.reopen();
      const second = await roomy.acquireWriter({ waitMs: 0 });
      await second.commit('c', put([large('one more'), large('and another')]));
      assert.equal((await roomy.collection('c'))?.counts.documents, stored + 2);
      assert.deepEqual(await roomy.check(), []);
    } finally {
      await temporary.dispose();
    }
  });

  it('refuses files that are no store or damaged', async () => {
    const folder = temporaryFolder();
    try {
      writeFileSync(join(folder, 'store.sqlite'), 'This is a text and no database. '.repeat(500));
      await assert.rejects(openSqliteStore({ folder, create: true }), { name: 'StoreError', code: 'STORE_CORRUPT' });
    } finally {
      rmSync(folder, { recursive: true });
    }
    const blocked = temporaryFolder();
    try {
      writeFileSync(join(blocked, 'file'), '');
      await assert.rejects(openSqliteStore({ folder: join(blocked, 'file', 'store'), create: true }), {
        code: 'STORE_UNAVAILABLE',
      });
    } finally {
      rmSync(blocked, { recursive: true });
    }
    // Linux takes no folders there and says that there is none above, at which Node's own recursion never ends.
    if (existsSync('/proc/self'))
      await assert.rejects(openSqliteStore({ folder: '/proc/hopwise/store', create: true }), {
        code: 'STORE_UNAVAILABLE',
      });
  });

  it('finds damage inside the file', async () => {
    const temporary = await openTemporary();
    try {
      const lease = await temporary.store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put(['a', 'b', 'c', 'd'].map(large)));
      await lease.release();
      await temporary.store.close();
      const file = join(temporary.folder, 'store.sqlite');
      const handle = openSync(file, 'r+');
      const pages = Math.floor(statSync(file).size / 8192);
      for (let page = 20; page < pages; page += 2) writeSync(handle, Buffer.alloc(8192, 0xa5), 0, 8192, page * 8192);
      closeSync(handle);
      const store = await temporary.reopen();
      assert.notDeepEqual(await store.check(), []);
      await assert.rejects(all(store.export('c')), { name: 'StoreError', code: 'STORE_CORRUPT' });
    } finally {
      await temporary.dispose();
    }
  });

  it('finds counts that do not fit', async () => {
    const temporary = await openTemporary();
    try {
      const lease = await temporary.store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put([large('a')]));
      await lease.release();
      const { DatabaseSync } = await import('@photostructure/sqlite');
      const raw = new DatabaseSync(join(temporary.folder, 'store.sqlite'));
      raw.exec(
        'PRAGMA foreign_keys = OFF; UPDATE collection SET mentions = 1; DELETE FROM document_text; DELETE FROM entity WHERE id = 1',
      );
      raw.close();
      const problems = await temporary.store.check();
      assert.ok(
        problems.includes('collection c has 39 mentions, but says 1') ||
          problems.includes('collection c has 40 mentions, but says 1'),
        problems.join('\n'),
      );
      assert.ok(
        problems.some((problem) => /of mention names a missing row of entity/.test(problem)),
        problems.join('\n'),
      );
    } finally {
      await temporary.dispose();
    }
  });

  it('notices that its folder was deleted, moved or replaced', async () => {
    const temporary = await openTemporary();
    try {
      const { store, folder } = temporary;
      const lease = await store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      renameSync(folder, `${folder}-moved`);
      const lost = { name: 'StoreError', code: 'STORE_LOST' };
      await assert.rejects(store.generation('c'), lost);
      await assert.rejects(lease.commit('c', put([large('a')])), lost);
      await assert.rejects(all(store.export('c')), lost);
      await assert.rejects(store.changes('c', 0), lost);
      renameSync(`${folder}-moved`, folder);
      await lease.commit('c', put([large('a')]));
      assert.equal(await store.generation('c'), 1);
      rmSync(folder, { recursive: true });
      await (await openSqliteStore({ folder, create: true })).close();
      await assert.rejects(store.generation('c'), lost);
      await assert.rejects(lease.commit('c', put([large('b')])), lost);
      await lease.release();
    } finally {
      await temporary.dispose();
    }
  });

  it('refuses writers when opened to read only', async () => {
    const temporary = await openTemporary();
    try {
      const store = await temporary.reopen({ readOnly: true });
      await assert.rejects(store.acquireWriter({ waitMs: 0 }), { name: 'StoreError', code: 'STORE_READ_ONLY' });
      assert.deepEqual(await store.collections(), []);
    } finally {
      await temporary.dispose();
    }
  });

  it('copies itself whole while it is written', async () => {
    const temporary = await openTemporary();
    const target = temporaryFolder();
    try {
      const { store } = temporary;
      const lease = await store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put([large('a'), large('b')]));
      const lines = await all(store.export('c'));
      await store.backup(join(target, 'store.sqlite'));
      await lease.commit('c', put([large('c')]));
      await assert.rejects(store.backup(join(target, 'store.sqlite')), { code: 'BACKUP_EXISTS' });
      await assert.rejects(store.backup(join(target, 'no', 'x')), { name: 'StoreError', code: 'STORE_UNAVAILABLE' });
      assert.deepEqual(readdirSync(target), ['store.sqlite']);
      const restored: GraphStore = await openSqliteStore({ folder: target });
      assert.deepEqual(await all(restored.export('c')), lines);
      assert.deepEqual(await restored.check(), []);
      const second = await restored.acquireWriter({ waitMs: 0 });
      await second.commit('c', put([large('d')]));
      await restored.close();
    } finally {
      await temporary.dispose();
      rmSync(target, { recursive: true });
    }
  });

  it('leaves one whole file behind when a lease ends', async () => {
    const temporary = await openTemporary();
    try {
      const lease = await temporary.store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put([large('a')]));
      await lease.release();
      assert.equal(statSync(join(temporary.folder, 'store.sqlite-wal')).size, 0);
      assert.deepEqual(
        readdirSync(temporary.folder).filter((name) => name.startsWith('writer.json')),
        [],
      );
    } finally {
      await temporary.dispose();
    }
  });
});
