import assert from 'node:assert/strict';
import neo4j from 'neo4j-driver';
import type { StoreError } from '../../../src/errors.js';
import type { GraphStore, RetryEvent } from '../../../src/ports/index.js';
import { openNeo4jStore } from '../../../src/stores/neo4j/open-neo4j-store.js';
import { EMBEDDER, type Made, made, put, remove } from '../../contract/fixtures.js';
import { exported } from '../../contract/opened-store.js';
import { ownServer } from '../../neo4j/own-server.js';
import type { OwnServer } from '../../neo4j/server.js';
import { smallDisk } from '../../neo4j/small-disk.js';
import { tcpProxy } from '../../neo4j/tcp-proxy.js';
import { openTemporary } from '../sqlite/temporary-store.js';

const DOCUMENTS = 24;

/** Documents that share names, so that every commit touches nodes of the others. */
function corpus(count = DOCUMENTS, padding = ''): Made[] {
  return Array.from({ length: count }, (_, i) =>
    made('c', {
      uri: `doc-${String(i).padStart(3, '0')}.txt`,
      passages: [
        {
          text: `Ada ${i} wrote to Bob.${padding}`,
          mentions: ['ada', `name ${i % 5}`, { key: 'bob', type: 'person' }],
        },
        { text: `Bob answered ${i}.`, mentions: ['bob', `name ${(i + 1) % 5}`] },
      ],
    }),
  );
}

/** What a store says that took the same documents without any trouble. */
async function undisturbed(documents: readonly Made[]): Promise<string[]> {
  const temporary = await openTemporary();
  try {
    const lease = await temporary.store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    for (const document of documents) await lease.commit('c', put([document]));
    await lease.release();
    return await exported(temporary.store);
  } finally {
    await temporary.dispose();
  }
}

describe('a store in a Neo4j in trouble', function () {
  this.timeout(300_000);
  let server: OwnServer;
  let expected: string[];
  const documents = corpus();
  const opened: AsyncDisposable[] = [];

  before(async () => {
    server = await ownServer();
    expected = await undisturbed(documents);
  });
  beforeEach(async () => {
    const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.username, server.password));
    await driver.executeQuery('MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock DETACH DELETE n');
    await driver.close();
  });
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
  });
  after(() => server?.[Symbol.asyncDispose]());

  async function open(uri = server.uri): Promise<{ store: GraphStore; retries: RetryEvent[] }> {
    const retries: RetryEvent[] = [];
    const store = await openNeo4jStore({ ...server, uri, retryMs: 120_000, onRetry: (event) => retries.push(event) });
    opened.push(store);
    return { store, retries };
  }

  it('has everything once when it is killed and comes back between and within commits', async () => {
    const { store, retries } = await open();
    const lease = await store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    const restarts: Promise<void>[] = [];
    for (const [i, document] of documents.entries()) {
      const committing = lease.commit('c', put([document]));
      if (i === 7 || i === 15) {
        // At no fixed point of the commit: before, within or after it.
        await new Promise((resolve) => setTimeout(resolve, i));
        await server.kill();
        restarts.push(server.start());
      }
      await committing;
      if (process.env['DBG']) console.log(performance.now() | 0, 'committed', i);
    }
    await Promise.all(restarts);
    await lease.release();
    assert.equal(await store.generation('c'), DOCUMENTS);
    assert.deepEqual(await exported(store), expected);
    assert.deepEqual(await store.check(), []);
    assert.ok(retries.length > 0, 'the trouble was logged');
    for (const { reason, code } of retries) assert.ok(reason.length > 0 && code.length > 0);
  });

  it('commits once when nobody hears that it did', async () => {
    const proxy = await tcpProxy(server.uri);
    opened.push(proxy);
    const { store, retries } = await open(proxy.uri);
    const lease = await store.acquireWriter({ waitMs: 0 });
    proxy.cutNextCommitAnswer();
    await lease.createCollection('c', EMBEDDER);
    for (const document of documents) {
      proxy.cutNextCommitAnswer();
      await lease.commit('c', put([document]));
    }
    assert.equal(await store.generation('c'), DOCUMENTS);
    assert.deepEqual(await exported(store), expected);
    proxy.cutNextCommitAnswer();
    const { generation } = await lease.commit('c', remove(documents[0]!.stored.document.id));
    assert.equal(generation, DOCUMENTS + 1);
    await lease.release();
    assert.ok(retries.length > DOCUMENTS);
  });

  it('commits once when connections are cut again and again', async () => {
    const proxy = await tcpProxy(server.uri);
    opened.push(proxy);
    const { store } = await open(proxy.uri);
    const lease = await store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    let cuts = 0;
    const cutting = setInterval(() => {
      if (cuts++ < 12) proxy.cut();
    }, 130);
    try {
      for (const document of documents) await lease.commit('c', put([document]));
    } finally {
      clearInterval(cutting);
    }
    assert.ok(cuts > 0);
    await lease.release();
    assert.equal(await store.generation('c'), DOCUMENTS);
    assert.deepEqual(await exported(store), expected);
  });

  it('takes the documents of eight writers at once as it takes them from one', async () => {
    const writers = await Promise.all(Array.from({ length: 8 }, () => open()));
    const first = await writers[0]!.store.acquireWriter({ waitMs: 0 });
    await first.createCollection('c', EMBEDDER);
    await first.release();
    await Promise.all(
      writers.map(async ({ store }, i) => {
        for (let d = i; d < DOCUMENTS; d += writers.length) {
          await using lease = await store.acquireWriter({ waitMs: 60_000 });
          await lease.commit('c', put([documents[d]!]));
        }
      }),
    );
    assert.equal(await writers[0]!.store.generation('c'), DOCUMENTS);
    assert.deepEqual(await exported(writers[0]!.store), expected);
  });

  it('refuses what it must by code, and reads on while it cannot be written', async () => {
    const { store } = await open();
    const lease = await store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    for (const document of documents) await lease.commit('c', put([document]));
    await lease.release();
    for (const [wrong, code] of [
      [{ password: 'not-the-password' }, 'STORE_AUTH'],
      [{ database: 'movies' }, 'STORE_DATABASE_UNKNOWN'],
    ] as const)
      await assert.rejects(openNeo4jStore({ ...server, ...wrong }), { code });
    await server.stop();
    await assert.rejects(openNeo4jStore({ ...server }), { code: 'STORE_UNAVAILABLE' });
    await server.start({ 'server.databases.read_only': 'neo4j' });
    await assert.rejects(store.acquireWriter({ waitMs: 0 }), { code: 'STORE_READ_ONLY' });
    assert.deepEqual(await exported(store), expected);
    await using again = await openNeo4jStore({ ...server });
    assert.equal((await again.collection('c'))?.counts.documents, DOCUMENTS);
    await server.stop();
    await server.start({});
    const later = await store.acquireWriter({ waitMs: 20_000 });
    await later.commit('c', remove(documents[0]!.stored.document.id));
    await later.release();
    assert.equal((await store.collection('c'))?.counts.documents, DOCUMENTS - 1);
  });
});

describe('a store in a Neo4j whose disk is full', function () {
  this.timeout(300_000);

  it('is told as such; after making room the same documents make the same store', async () => {
    const documents = corpus(400, 'x'.repeat(120_000));
    await using disk = await smallDisk();
    await using store = await openNeo4jStore({ ...disk.server, retryMs: 5_000 });
    const lease = await store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    let stored = 0;
    const filling = (async () => {
      for (; stored < documents.length; stored++) await lease.commit('c', put([documents[stored]!]));
    })();
    await assert.rejects(filling, (error: StoreError) => {
      assert.equal(error.code, 'STORE_FULL', error.message);
      return true;
    });
    await lease.release().catch(() => {});
    await disk.enlarge();
    const again = await store.acquireWriter({ waitMs: 30_000 });
    await again.commit('c', put([documents[stored]!]));
    await again.release();
    assert.deepEqual(await exported(store), await undisturbed(documents.slice(0, stored + 1)));
  });
});
