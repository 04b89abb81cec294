import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Hopwise } from '../../app/hopwise.js';
import { packageRoot } from '../../src/assets.js';
import { openNeo4jStore } from '../../src/stores/neo4j/open-neo4j-store.js';
import { ownServer } from '../neo4j/own-server.js';
import type { OwnServer } from '../neo4j/server.js';
import { temporaryFolder } from './temporary-folder.js';

const MAIN = join(packageRoot(), 'dist', 'app', 'cli', 'main.js');
const LINES = 120;
const API_KEY = 'key-of-the-http-door';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command line on a Neo4j, as an operator has it: killed servers, killed runs, dumps, and secrets that stay secret. */
describe('command line on a Neo4j', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();
  const corpus = join(folder.path, 'towns.jsonl');
  const started: ChildProcess[] = [];
  /** Everything that any process printed. */
  let printed = '';
  let server: OwnServer;
  let embedded: string[];

  function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd: folder.path,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        HOPWISE_STORE: server.uri,
        HOPWISE_CACHE: join(folder.path, 'cache'),
        HOPWISE_API_KEY: API_KEY,
        NEO4J_USERNAME: server.username,
        NEO4J_PASSWORD: server.password,
        ...env,
      },
    });
    started.push(child);
    return child;
  }

  async function ended(child: ChildProcess): Promise<Ended> {
    const seen = { out: '', err: '' };
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (seen.out += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (seen.err += text));
    const [code] = (await once(child, 'close')) as [number | null];
    printed += seen.out + seen.err;
    return { code, ...seen };
  }

  const run = (...args: string[]): Promise<Ended> => ended(start(args));

  async function documents(): Promise<number> {
    await using store = await openNeo4jStore({ ...server });
    return (await store.collection('default'))?.counts.documents ?? 0;
  }

  async function exportedLines(): Promise<string[]> {
    const { code, out, err } = await run('export');
    assert.equal(code, 0, err);
    return out.trimEnd().split('\n').slice(1);
  }

  /** Starts an ingestion and resolves when some of it is committed, but not all. */
  async function ingesting(): Promise<{ child: ChildProcess; end: Promise<Ended> }> {
    const child = start(['ingest', corpus, '--batch', '5', '--json']);
    const end = ended(child);
    while ((await documents()) === 0) {
      assert.equal(child.exitCode, null, 'it ended before it committed');
      await delay(20);
    }
    return { child, end };
  }

  before(async () => {
    const line = (i: number): string =>
      JSON.stringify({
        id: String(i),
        title: `Ober${i}dorf`,
        text: `Ober${i}dorf is a town on the River Tarn. Its mayor is Ada Weiss${i}. It was founded in ${1400 + i}.`,
      });
    writeFileSync(corpus, `${Array.from({ length: LINES }, (_, i) => line(i)).join('\n')}\n`);
    // A run that was killed holds its claims that long.
    writeFileSync(join(folder.path, '.hopwiserc.json'), JSON.stringify({ limits: { claimMs: 5_000 } }));
    await using hopwise = await Hopwise.open({ store: join(folder.path, 'embedded') });
    await hopwise.ingest(corpus);
    embedded = [];
    for await (const record of hopwise.export()) embedded.push(record.trimEnd());
    embedded.shift();
    server = await ownServer();
  });
  beforeEach(async () => {
    await using store = await openNeo4jStore({ ...server });
    await using lease = await store.acquireWriter({ waitMs: 30_000 });
    if (await store.collection('default')) await lease.deleteCollection('default');
  });
  after(async () => {
    for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
    await server?.[Symbol.asyncDispose]();
    folder.dispose();
  });

  it('ends an ingestion as if the server had not been killed in the middle of it', async () => {
    const { end } = await ingesting();
    await server.kill();
    await server.start();
    const { code, out, err } = await end;
    assert.equal(code, 0, err);
    assert.equal((JSON.parse(out) as { added: number }).added, LINES);
    const retries = err.split('\n').filter((text) => text.includes('"store-retry"'));
    assert.match(retries[0] ?? '', /"code":"(ServiceUnavailable|SessionExpired)","reason":"The connection was lost/);
    assert.deepEqual(await exportedLines(), embedded);
  });

  it('goes on where a killed ingestion left it', async () => {
    const { child, end } = await ingesting();
    child.kill('SIGKILL');
    await end;
    const { code, err } = await run('ingest', corpus, '--json');
    assert.equal(code, 0, err);
    assert.deepEqual(await exportedLines(), embedded);
  });

  it('has the same export after a dump, a loss of everything, and a load', async () => {
    assert.equal((await run('ingest', corpus)).code, 0);
    await server.stop();
    await server.admin(['database', 'dump', 'neo4j']);
    await server.start();
    await using store = await openNeo4jStore({ ...server });
    const lease = await store.acquireWriter({ waitMs: 30_000 });
    await lease.deleteCollection('default');
    await lease.release();
    await store.close();
    await server.stop();
    await server.admin(['database', 'load', 'neo4j', '--overwrite-destination=true']);
    await server.start();
    assert.deepEqual(await exportedLines(), embedded);
    assert.equal((await run('ask', 'Who is the mayor of Ober7dorf?', '--json')).code, 0);
  });

  it('goes through export and import from either store into the other without a loss', async () => {
    assert.equal((await run('ingest', corpus)).code, 0);
    const file = join(folder.path, 'export.jsonl');
    assert.equal((await run('export', file)).code, 0);
    const store = ['--store', join(folder.path, 'imported')];
    const imported = await run('import', file, ...store);
    assert.equal(imported.code, 0, imported.err);
    const { out } = await run('export', ...store);
    assert.deepEqual(out.trimEnd().split('\n').slice(1), embedded);
  });

  it('shows password and key nowhere: output, errors, log, export, list of processes', async () => {
    const serving = start(['serve', '--port', '0', '--json']);
    const end = ended(serving);
    const [line] = (await once(serving.stdout!, 'data')) as [Buffer | string];
    const { url } = JSON.parse(String(line)) as { url: string };
    const authorization = `Bearer ${API_KEY}`;
    for (const [path, headers] of [
      ['/readyz', {}],
      ['/metrics', { authorization }],
      ['/v1/collections', { authorization }],
      ['/v1/nothing', { authorization: 'Bearer wrong' }],
    ] as const)
      printed += await (await fetch(url + path, { headers })).text();
    const processes = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    assert.match(processes, /dist\/app\/cli\/main\.js serve/);
    await server.kill();
    printed += await (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(String)).toString();
    serving.kill('SIGTERM');
    await end;
    const down = await run('status', '--json');
    assert.equal((JSON.parse(down.err) as { error: { code: string } }).error.code, 'STORE_UNAVAILABLE');
    await server.start();
    const wrong = await ended(start(['status'], { NEO4J_PASSWORD: 'not-the-pass-word' }));
    assert.match(wrong.err, /STORE_AUTH/);
    const inUri = await run('status', '--store', server.uri.replace('//', `//neo4j:${server.password}@`));
    assert.match(inUri.err, /CREDENTIALS_IN_URI/);
    assert.ok(printed.length > 10_000, 'the tests before this one printed, too');
    for (const secret of [server.password, API_KEY, 'not-the-pass-word']) {
      assert.ok(!printed.includes(secret), `${secret} was printed`);
      assert.ok(!processes.includes(secret), `${secret} is in the list of processes`);
    }
    assert.ok(!server.log().includes(server.password));
  });
});
