import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';
import { MIGRATIONS } from '../../../src/stores/sqlite/migrations/index.js';
import { EMBEDDER, made, put } from '../../contract/fixtures.js';
import { all } from '../../contract/opened-store.js';
import { openTemporary, type TemporaryStore } from './temporary-store.js';

const NEXT = [
  ...MIGRATIONS,
  'ALTER TABLE document ADD COLUMN extra TEXT; CREATE TABLE later (x) STRICT;'.replace('(x)', '(x TEXT)'),
];

describe('schema versions of the embedded store', () => {
  let temporary: TemporaryStore;
  let lines: string[];

  beforeEach(async () => {
    temporary = await openTemporary();
    const lease = await temporary.store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    await lease.commit('c', put([made('c', { uri: 'a', passages: [{ text: 'text', mentions: ['x'] }] })]));
    await lease.release();
    lines = await all(temporary.store.export('c'));
  });
  afterEach(() => temporary.dispose());

  function raw<T>(work: (database: InstanceType<typeof DatabaseSync>) => T): T {
    const database = new DatabaseSync(join(temporary.folder, 'store.sqlite'));
    try {
      return work(database);
    } finally {
      database.close();
    }
  }

  it('migrates an older store and keeps its content', async () => {
    const store = await temporary.reopen({ migrations: NEXT });
    assert.deepEqual(await all(store.export('c')), lines);
    raw((database) => {
      assert.deepEqual({ ...database.prepare('PRAGMA user_version').get() }, { user_version: NEXT.length });
      assert.equal(database.prepare('SELECT extra FROM document').all().length, 1);
    });
  });

  it('lets two migrate at once: one does, the other finds it done', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => temporary.reopen({ migrations: NEXT })));
    for (const store of stores) assert.deepEqual(await all(store.export('c')), lines);
  });

  it('waits for a writer before it migrates, then says who it is', async () => {
    const lease = await temporary.store.acquireWriter({ waitMs: 0 });
    await assert.rejects(temporary.reopen({ migrations: NEXT, waitMs: 10 }), {
      name: 'StoreLockedError',
      message: new RegExp(`process ${process.pid} on `),
    });
    await lease.release();
  });

  it('refuses an older store when it may only read', async () => {
    await assert.rejects(temporary.reopen({ migrations: NEXT, readOnly: true }), { code: 'STORE_OLDER' });
    assert.deepEqual(await all(temporary.store.export('c')), lines);
  });

  it('refuses a newer store and leaves it alone', async () => {
    await temporary.reopen({ migrations: NEXT });
    await assert.rejects(temporary.reopen(), { code: 'STORE_NEWER' });
    await assert.rejects(temporary.reopen({ readOnly: true }), { code: 'STORE_NEWER' });
  });

  it('stops a process whose store was migrated under it', async () => {
    await temporary.reopen({ migrations: NEXT });
    const { store } = temporary;
    await assert.rejects(store.collections(), { code: 'STORE_NEWER' });
    await assert.rejects(store.changes('c', 0), { code: 'STORE_NEWER' });
    await assert.rejects(all(store.export('c')), { code: 'STORE_NEWER' });
    await assert.rejects(store.acquireWriter({ waitMs: 0 }), { code: 'STORE_NEWER' });
  });

  it('leaves the older version whole when a migration fails', async () => {
    const broken = [...MIGRATIONS, 'CREATE TABLE half (x TEXT) STRICT; SELECT * FROM nowhere;'];
    await assert.rejects(temporary.reopen({ migrations: broken }));
    assert.deepEqual(await all((await temporary.reopen()).export('c')), lines);
    raw((database) => assert.throws(() => database.prepare('SELECT * FROM half')));
  });

  it('makes a store where there is none, but only when told', async () => {
    const folder = join(temporary.folder, 'deep', 'er');
    await assert.rejects(openSqliteStore({ folder }), { code: 'STORE_MISSING' });
    await assert.rejects(openSqliteStore({ folder, create: true, readOnly: true }), { code: 'STORE_MISSING' });
    const stores = await Promise.all([1, 2, 3].map(() => openSqliteStore({ folder, create: true })));
    for (const store of stores) assert.deepEqual(await store.collections(), []);
    for (const store of stores) await store.close();
    // A maker that died before its first commit leaves a file with nothing in it.
    writeFileSync(join(temporary.folder, 'deep', 'store.sqlite'), '');
    await assert.rejects(openSqliteStore({ folder: join(folder, '..') }), { code: 'STORE_MISSING' });
    await (await openSqliteStore({ folder: join(folder, '..'), create: true })).close();
  });

  it('refuses a SQLite file of another program', async () => {
    raw((database) => database.exec('PRAGMA application_id = 7'));
    await assert.rejects(temporary.reopen(), { code: 'STORE_CORRUPT' });
  });
});
