import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Hopwise } from '../../app/hopwise.js';
import { packageRoot } from '../../src/assets.js';
import { openSqliteStore } from '../../src/stores/sqlite/index.js';
import { temporaryFolder } from './temporary-folder.js';

const MAIN = join(packageRoot(), 'dist', 'app', 'cli', 'main.js');
const LINES = 250;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What only a process of its own can show: signals, pipes that close, and two processes at one store. */
describe('command line as a process', () => {
  const folder = temporaryFolder();
  const corpus = join(folder.path, 'towns.jsonl');
  const store = join(folder.path, 'store');
  const started: ChildProcess[] = [];

  function start(args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder.path, stdio: ['ignore', 'pipe', 'pipe'] });
    started.push(child);
    return child;
  }

  async function ended(child: ChildProcess): Promise<Ended> {
    const seen = { out: '', err: '' };
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (seen.out += text));
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (seen.err += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...seen };
  }

  const run = (...args: string[]): Promise<Ended> => ended(start(args));

  async function body(path: string): Promise<string[]> {
    await using hopwise = await Hopwise.open({ store: path, create: false });
    const lines: string[] = [];
    for await (const line of hopwise.export()) lines.push(line);
    return lines.slice(1);
  }

  before(async () => {
    const line = (i: number): string =>
      JSON.stringify({
        id: String(i),
        title: `Ober${i}dorf`,
        text: `Ober${i}dorf is a town on the River Tarn. Its mayor is Ada Weiss${i}. It lies north of Ober${i + 1}dorf, and was founded in ${1400 + i}.`,
      });
    writeFileSync(corpus, `${Array.from({ length: LINES }, (_, i) => line(i)).join('\n')}\n`);
    mkdirSync(store);
    await using hopwise = await Hopwise.open({ store });
    await hopwise.ingest(corpus);
  });
  after(() => {
    for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
    folder.dispose();
  });

  it('stops at the next commit on Ctrl-C with code 130; the next run goes on to the same store', async () => {
    const interrupted = join(folder.path, 'interrupted');
    const child = start(['ingest', corpus, '--store', interrupted, '--batch', '5']);
    const end = ended(child);
    while (!existsSync(join(interrupted, 'store.sqlite'))) await delay(5);
    const documents = async (): Promise<number> => {
      await using hopwise = await Hopwise.open({ store: interrupted, create: false });
      return (await hopwise.collections())[0]?.counts.documents ?? 0;
    };
    // Reading from here while the other process writes is part of what is shown.
    while ((await documents().catch(() => 0)) === 0) await delay(5);
    child.kill('SIGINT');
    const { code, out, err } = await end;
    assert.equal(code, 130, err);
    assert.equal(out, '');
    assert.match(err, /run the same command again/);
    const kept = await documents();
    assert.ok(kept > 0 && kept < LINES, `${kept} documents`);

    const again = await run('ingest', corpus, '--store', interrupted, '--json');
    assert.equal(again.code, 0, again.err);
    const { documents: all, added, unchanged } = JSON.parse(again.out) as Record<string, number>;
    assert.deepEqual({ all, added, unchanged }, { all: LINES, added: LINES - kept, unchanged: kept });
    assert.deepEqual(await body(interrupted), await body(store));
  });

  it('tells a second writer who holds the store, and answers readers meanwhile', async () => {
    writeFileSync(join(folder.path, '.hopwiserc.json'), JSON.stringify({ limits: { writerWaitMs: 50 } }));
    await using held = await openSqliteStore({ folder: store });
    await using _lease = await held.acquireWriter({ waitMs: 0 });
    const writer = await run('delete', 'towns.jsonl#1', '--store', store, '--json');
    assert.equal(writer.code, 1);
    assert.equal(writer.out, '');
    const { error } = JSON.parse(writer.err) as { error: { code: string; message: string } };
    assert.equal(error.code, 'STORE_LOCKED');
    assert.match(error.message, new RegExp(`\\b${process.pid}\\b`));
    const reader = await run('search', 'mayor of Ober7dorf', '--store', store, '--json');
    assert.equal(reader.code, 0, reader.err);
    assert.equal((JSON.parse(reader.out) as { hits: { title: string }[] }).hits[0]!.title, 'Ober7dorf');
  });

  it('ends quietly when the reader of its output goes away', async () => {
    const child = start(['export', '--store', store]);
    let err = '';
    child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout!.once('data', () => child.stdout!.destroy());
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.deepEqual({ code, err }, { code: 0, err: '' });
  });
});
