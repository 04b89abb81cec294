import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { useNeo4j } from './shared-server.js';

describe('the Neo4j of the tests', () => {
  const neo4j = useNeo4j();

  it('is a Neo4j 5 or later with authentication on', async () => {
    const { driver, database } = neo4j();
    const { records } = await driver.executeQuery('CALL dbms.components() YIELD name, versions', {}, { database });
    const kernel = records.find((record) => record.get('name') === 'Neo4j Kernel')!;
    const version: string = kernel.get('versions')[0];
    assert.ok(Number.parseInt(version, 10) >= 5, version);
  });

  it('is emptied between tests', async () => {
    const { driver, database, empty } = neo4j();
    await driver.executeQuery('UNWIND range(1, 2500) AS i CREATE (:A {i: i})-[:R]->(:B)', {}, { database });
    await empty();
    const { records } = await driver.executeQuery('MATCH (n:A|B) RETURN count(n) AS n', {}, { database });
    assert.equal(records[0]!.get('n'), 0);
  });

  it('ends with its owner, even a killed one', async function () {
    this.timeout(240_000);
    const owner = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('owned-process.ts', import.meta.url))],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = await once(owner.stdout, 'data');
    const port = Number(/:(\d+)"/.exec(String(line))![1]);
    assert.ok(await isOpen(port));
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    while (await isOpen(port)) await sleep(100);
  });
});

function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).then((open) => {
    socket.destroy();
    return open === true;
  });
}
