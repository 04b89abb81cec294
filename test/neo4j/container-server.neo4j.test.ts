import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import neo4j from 'neo4j-driver';
import { parse } from 'yaml';
import { packageRoot } from '../../src/assets.js';
import { containerServer, hasDocker, IMAGE } from './container-server.js';
import { ownServer } from './own-server.js';
import { DATABASE, type OwnServer, PASSWORD, testConf, USERNAME } from './server.js';
import { useNeo4j } from './shared-server.js';

/** With a stand-in for `docker` on the path, which hands connections on to a real server. */
describe('a Neo4j in a container', function () {
  this.timeout(180_000);
  const shared = useNeo4j();
  const given = { ...process.env };
  let folder: string;
  let own: OwnServer | undefined;

  before(async function () {
    this.timeout(300_000);
    const { uri, username, password } = shared();
    // The image gets the password of the tests, a server that was given has its own.
    const isOurs = username === USERNAME && password === PASSWORD;
    if (!isOurs) own = await ownServer();
    folder = mkdtempSync(join(tmpdir(), 'hopwise-docker-'));
    const script = fileURLToPath(new URL('stand-in-docker.mjs', import.meta.url));
    writeFileSync(join(folder, 'docker'), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
    chmodSync(join(folder, 'docker'), 0o755);
    process.env['PATH'] = `${folder}${delimiter}${given['PATH']}`;
    process.env['STAND_IN'] = folder;
    process.env['STAND_IN_TARGET'] = new URL(own?.uri ?? uri).host;
  });
  beforeEach(() => writeFileSync(join(folder, 'calls'), ''));
  after(async () => {
    process.env = given;
    rmSync(folder, { recursive: true, force: true });
    await own?.[Symbol.asyncDispose]();
  });

  const calls = (): string[][] =>
    readFileSync(join(folder, 'calls'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as string[]);
  /** Containers and volumes that are there. */
  const left = (): string[] => readdirSync(folder).filter((name) => /^(container|volume)-/.test(name));

  async function answers({ uri, username, password, database }: OwnServer): Promise<void> {
    const driver = neo4j.driver(uri, neo4j.auth.basic(username, password), {
      disableLosslessIntegers: true,
      maxTransactionRetryTime: 0,
    });
    try {
      const { records } = await driver.executeQuery('RETURN 6 * 7 AS n', {}, { database });
      assert.equal(records[0]!.get('n'), 42);
    } finally {
      await driver.close();
    }
  }

  it('is the image that docker-compose.yml pins, unless another release was asked for', () => {
    const { services } = parse(readFileSync(join(packageRoot(), 'docker-compose.yml'), 'utf8'));
    if (!given['HOPWISE_TEST_NEO4J']) assert.equal(IMAGE, services.neo4j.image);
    assert.ok(hasDocker());
  });

  it('starts on a free port of loopback with the settings of tests, and goes with its volume', async () => {
    const server = await containerServer({ heap: '300m', conf: { 'db.tx_log.preallocate': 'true' } });
    const [run, ...others] = calls();
    const name = run![run!.indexOf('--name') + 1]!;
    assert.match(name, /^hopwise-test-[0-9a-f-]{36}$/);
    const environment = run!.filter((_, at) => run![at - 1] === '--env');
    assert.deepEqual(
      run!.filter((argument, at) => argument !== '--env' && run![at - 1] !== '--env'),
      ['run', '--detach', '--rm', '--name', name, '--volume', `${name}:/data`, '--publish', '127.0.0.1::7687', IMAGE],
    );
    assert.equal(
      environment.length,
      1 + Object.keys(testConf({})).length + 1,
      'the setting given replaces the harness’s',
    );
    for (const one of [
      `NEO4J_AUTH=neo4j/${PASSWORD}`,
      'NEO4J_server_memory_heap_max__size=300m',
      'NEO4J_db_tx__log_preallocate=true',
      'NEO4J_server_http_enabled=false',
      'NEO4J_internal_dbms_cypher__ip__blocklist=0.0.0.0/0,::/0',
    ])
      assert.ok(environment.includes(one), one);
    assert.deepEqual(others, [['port', name, '7687']]);
    assert.equal(server.database, DATABASE);
    assert.match(server.uri, /^bolt:\/\/127\.0\.0\.1:\d+$/);
    await answers(server);
    assert.match(server.log(), /Started/);
    await server[Symbol.asyncDispose]();
    assert.deepEqual(calls().slice(-2), [
      ['rm', '--force', '--volumes', name],
      ['volume', 'rm', '--force', name],
    ]);
    assert.deepEqual(left(), []);
  });

  it('is killed, stopped and started again on the same port and data, and publishes HTTP where that is asked for', async () => {
    await using server = await containerServer({ http: true });
    const { uri, http } = server;
    assert.match(http!, /^http:\/\/127\.0\.0\.1:\d+$/);
    const name = calls()[0]![4]!;
    const port = new URL(uri).port;
    await server.kill();
    await assert.rejects(answers(server));
    await server.start({ 'server.databases.read_only': 'neo4j' });
    await answers(server);
    assert.equal(server.uri, uri);
    await server.stop();
    await server.admin(['database', 'dump', 'neo4j']);
    const verbs = calls().filter(([verb]) => verb !== 'inspect');
    assert.deepEqual(
      verbs.map(([verb]) => verb),
      ['run', 'port', 'port', 'kill', 'run', 'port', 'port', 'stop', 'run'],
    );
    const again = verbs[4]!;
    assert.ok(again.includes(`127.0.0.1:${port}:7687`) && again.includes(`${name}:/data`));
    assert.ok(
      again.includes('NEO4J_server_databases_read__only=neo4j') && again.includes('NEO4J_server_http_enabled=true'),
    );
    assert.ok(again.some((argument) => /^127\.0\.0\.1:\d+:7474$/.test(argument)));
    assert.deepEqual(verbs.at(-1), [
      ...[
        'run',
        '--rm',
        '--volume',
        `${name}:/data`,
        '--env',
        'NEO4J_server_directories_dumps_root=/data/dumps',
        IMAGE,
      ],
      ...['sh', '-c', 'mkdir -p /data/dumps && exec neo4j-admin "$@"', 'sh', 'database', 'dump', 'neo4j'],
    ]);
  });

  it('tells what Docker says when it does not start, and leaves nothing', async () => {
    process.env['STAND_IN_FAULT'] = 'docker: Error response from daemon: pull access denied';
    await assert.rejects(containerServer(), /did not start: docker: Error response from daemon: pull access denied/);
    delete process.env['STAND_IN_FAULT'];
    assert.deepEqual(left(), []);
    await assert.rejects(containerServer({ home: folder }), /need Java 17 and Maven/);
  });

  it('is removed with its volume when the run is killed', async () => {
    const script = fileURLToPath(new URL('owned-container.ts', import.meta.url));
    const owner = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(owner.stdout, 'data');
    assert.equal(left().length, 2);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    while (left().length > 0) await sleep(50);
    assert.ok(calls().some(([verb, option]) => verb === 'rm' && option === '--force'));
  });
});
