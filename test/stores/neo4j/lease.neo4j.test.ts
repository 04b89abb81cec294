import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { EMBEDDER, made, put } from '../../contract/fixtures.js';
import { exported } from '../../contract/opened-store.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from './blank-store.js';

describe('the lease of the writer on Neo4j', function () {
  this.timeout(120_000);
  const neo4j = useNeo4j();
  const document = made('c', { uri: 'a', passages: [{ text: 'about a', mentions: ['x'] }] });

  it('ends by itself when its process is killed, and names the process until then', async () => {
    const opened = await openBlank(neo4j());
    const { uri, username, password, database } = neo4j();
    const child = fork(join(import.meta.dirname, 'lease-process.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, LEASE_OPTIONS: JSON.stringify({ uri, username, password, database, leaseMs: 2_000 }) },
    });
    try {
      await once(child, 'message');
      await assert.rejects(opened.store.acquireWriter({ waitMs: 0 }), (error: Error) => {
        assert.equal(error.name, 'StoreLockedError');
        assert.ok(error.message.includes(`process ${child.pid} on `), error.message);
        return true;
      });
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      await using lease = await opened.store.acquireWriter({ waitMs: 30_000 });
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put([document]));
      assert.equal((await opened.store.collection('c'))?.counts.documents, 1);
    } finally {
      child.kill('SIGKILL');
      await opened.dispose();
    }
  });

  it('goes to one that waits before its holder has it again', async () => {
    const opened = await openBlank(neo4j());
    try {
      const other = await opened.reopen();
      const order: string[] = [];
      const take = async (name: string, store: typeof other): Promise<void> => {
        await using _ = await store.acquireWriter({ waitMs: 60_000 });
        order.push(name);
      };
      const first = await opened.store.acquireWriter({ waitMs: 0 });
      const waiting = take('waited', other);
      for (let waits = 0; waits === 0; ) {
        const { records } = await neo4j().driver.executeQuery(
          'MATCH (l:WriterLease) RETURN coalesce(l.waits, 0) AS waits',
        );
        waits = Number(records[0]?.get('waits'));
      }
      await first.release();
      await Promise.all([waiting, take('again', opened.store)]);
      assert.deepEqual(order, ['waited', 'again']);
    } finally {
      await opened.dispose();
    }
  });

  it('lets nothing be written by a holder that has lost it', async () => {
    const opened = await openBlank(neo4j());
    try {
      const other = await opened.reopen();
      await using first = await opened.store.acquireWriter({ waitMs: 0 });
      await first.createCollection('c', EMBEDDER);
      const before = await exported(opened.store);
      // As after a long pause of its process.
      await neo4j().driver.executeQuery('MATCH (l:WriterLease) SET l.expires = 0');
      await using second = await other.acquireWriter({ waitMs: 0 });
      const writes = [
        () => first.commit('c', put([document])),
        () => first.setEnabled('c', [], true),
        () => first.createCollection('d', EMBEDDER),
        () => first.deleteCollection('c'),
      ];
      for (const write of writes) await assert.rejects(write(), { code: 'LEASE_LOST' });
      assert.deepEqual(await exported(opened.store), before);
      assert.deepEqual(
        (await other.collections()).map(({ name }) => name),
        ['c'],
      );
      assert.deepEqual(await second.commit('c', put([document])), { generation: 1 });
      assert.deepEqual(await other.check(), []);
    } finally {
      await opened.dispose();
    }
  });

  it('is not lost to a call that nobody else came between', async () => {
    const opened = await openBlank(neo4j());
    try {
      await using lease = await opened.store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      await neo4j().driver.executeQuery('MATCH (l:WriterLease) SET l.expires = 0');
      assert.deepEqual(await lease.commit('c', put([document])), { generation: 1 });
      await assert.rejects((await opened.reopen()).acquireWriter({ waitMs: 0 }), { code: 'STORE_LOCKED' });
    } finally {
      await opened.dispose();
    }
  });
});
