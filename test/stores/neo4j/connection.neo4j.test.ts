import assert from 'node:assert/strict';
import neo4j from 'neo4j-driver';
import type { StoreError } from '../../../src/errors.js';
import type { RetryEvent } from '../../../src/ports/index.js';
import { Neo4jConnection, type Work } from '../../../src/stores/neo4j/connection.js';
import { openConnection } from '../../../src/stores/neo4j/open-connection.js';
import { ownServer } from '../../neo4j/own-server.js';
import type { OwnServer } from '../../neo4j/server.js';
import { tcpProxy } from '../../neo4j/tcp-proxy.js';

describe('transactions on a Neo4j in trouble', function () {
  this.timeout(240_000);
  let server: OwnServer;
  const opened: AsyncDisposable[] = [];

  before(async () => {
    server = await ownServer();
    await using connection = new Neo4jConnection(server);
    await connection.run('WRITE', 'CREATE CONSTRAINT step_i IF NOT EXISTS FOR (n:Step) REQUIRE n.i IS UNIQUE');
  });
  beforeEach(async () => {
    await using connection = new Neo4jConnection(server);
    await connection.run('WRITE', 'MATCH (n) DETACH DELETE n');
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
  });
  after(() => server?.[Symbol.asyncDispose]());

  function connect(uri = server.uri): { connection: Neo4jConnection; retries: RetryEvent[] } {
    const retries: RetryEvent[] = [];
    const connection = new Neo4jConnection({ ...server, uri, onRetry: (event) => retries.push(event) });
    opened.push(connection);
    return { connection, retries };
  }

  async function proxied(): Promise<ReturnType<typeof connect> & { proxy: Awaited<ReturnType<typeof tcpProxy>> }> {
    const proxy = await tcpProxy(server.uri);
    const made = connect(proxy.uri);
    opened.push(proxy);
    return { ...made, proxy };
  }

  async function steps(): Promise<number[]> {
    const { records } = await connect().connection.run('READ', 'MATCH (n:Step) RETURN n.i AS i ORDER BY i');
    return records.map((record) => Number(record.get('i')));
  }

  const step =
    (i: number): Work<void> =>
    async (tx) => {
      await tx.run('CREATE (:Step {i: $i})', { i: neo4j.int(i) });
    };

  it('says a wrong password, user or database by code, without the password', async () => {
    for (const wrong of [{ password: 'wrong-secret' }, { username: 'wrong-secret' }]) {
      const error = await openConnection({ ...server, ...wrong }).then(
        () => assert.fail('it was let in'),
        (error: StoreError) => error,
      );
      assert.equal(error.code, 'STORE_AUTH');
      assert.ok(!`${error.message} ${error.remedy} ${error.stack}`.includes('wrong-secret'));
    }
    await assert.rejects(openConnection({ ...server, database: 'movies' }), { code: 'STORE_DATABASE_UNKNOWN' });
    await (await openConnection(server)).close();
  });

  it('writes once when the connection is cut in mid-transaction', async () => {
    const { connection, retries, proxy } = await proxied();
    await connection.write(async (tx, attempt) => {
      await step(1)(tx, attempt);
      if (attempt.number === 1) proxy.cut();
      await step(2)(tx, attempt);
    });
    assert.deepEqual(await steps(), [1, 2]);
    assert.equal(retries.length, 1);
    assert.match(retries[0]!.reason, /connection was lost/);
  });

  it('tells the work when nobody knows whether its commit was stored', async () => {
    const { connection, retries, proxy } = await proxied();
    const unsure: boolean[] = [];
    proxy.cutNextCommitAnswer();
    await connection.write(async (tx, attempt) => {
      unsure.push(attempt.unsure);
      const { records } = await tx.run('MATCH (n:Step {i: 3}) RETURN n');
      if (attempt.unsure) assert.equal(records.length, 1, 'the first commit was stored');
      else await step(3)(tx, attempt);
    });
    assert.deepEqual(unsure, [false, true]);
    assert.equal(retries.length, 1);
    assert.deepEqual(await steps(), [3]);
  });

  it('solves deadlocks of eight writers by trying again, and says so', async () => {
    const writers = Array.from({ length: 8 }, () => connect());
    await writers[0]!.connection.run('WRITE', 'UNWIND range(0, 7) AS i CREATE (:Step {i: i, n: 0})');
    let locked = 0;
    let release = (): void => {};
    const allLocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const raise = 'MATCH (n:Step {i: $i}) SET n.n = n.n + 1';
    await Promise.all(
      writers.map(({ connection }, i) =>
        connection.write(async (tx, attempt) => {
          await tx.run(raise, { i });
          if (attempt.number === 1 && ++locked === 8) release();
          await allLocked;
          await tx.run(raise, { i: (i + 1) % 8 });
        }),
      ),
    );
    const { records } = await writers[0]!.connection.run('READ', 'MATCH (n:Step) RETURN collect(n.n) AS n');
    assert.deepEqual(records[0]!.get('n'), [2, 2, 2, 2, 2, 2, 2, 2]);
    const retries = writers.flatMap((writer) => writer.retries);
    assert.ok(retries.some(({ code }) => code === 'Neo.TransientError.Transaction.DeadlockDetected'));
  });

  it('ends what takes too long, by its own time-out', async () => {
    const { connection } = connect();
    const endless = 'UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a = 0 RETURN count(*)';
    await assert.rejects(connection.run('READ', endless, {}, { timeoutMs: 500 }), { code: 'STORE_TIMEOUT' });
  });

  it('gives up waiting when told to', async () => {
    const { connection, proxy } = await proxied();
    await proxy[Symbol.asyncDispose]();
    const stop = new AbortController();
    const waiting = connection.run('READ', 'RETURN 1', {}, { signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    await assert.rejects(waiting, { name: 'AbortError' });
  });

  it('says after a while that the server is gone', async () => {
    const { connection } = connect();
    await server.kill();
    const impatient = new Neo4jConnection({ ...server, retryMs: 200 });
    await assert.rejects(impatient.write(step(7)), { code: 'STORE_UNAVAILABLE' });
    await assert.rejects(openConnection(server), { code: 'STORE_UNAVAILABLE', message: /nothing listens there/ });
    await impatient.close();
    await server.start();
    await connection.write(step(7));
    assert.deepEqual(await steps(), [7]);
  });
});
