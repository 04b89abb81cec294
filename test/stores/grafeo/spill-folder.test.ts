import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EMBEDDER, made, put } from '../../contract/fixtures.js';
import { rowsOf, type TemporaryLens, temporaryLens } from './temporary-lens.js';

const ENDLESS =
  'RETURN reduce(s = 0, i IN range(1, 100000) | s + reduce(t = 0, j IN range(1, 100000) | (t + j) % 7)) AS s';
const GREEDY = 'UNWIND range(1, 1000000000) AS i RETURN collect(toString(i))';

describe('what the children of the lens put aside', () => {
  let temporary: TemporaryLens;
  let system: string;
  const given = process.env['TMPDIR'];

  before(() => {
    system = mkdtempSync(join(tmpdir(), 'hopwise-spill-'));
  });
  beforeEach(async () => {
    temporary = await temporaryLens();
    await using lease = await temporary.store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    await lease.commit('c', put([made('c', { uri: 'a', passages: [{ text: 'a', mentions: ['k'] }] })]));
    process.env['TMPDIR'] = system;
  });
  afterEach(async () => {
    restore();
    await temporary[Symbol.asyncDispose]();
  });
  after(() => rmSync(system, { recursive: true, force: true }));

  function restore(): void {
    if (given === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = given;
  }

  /** In the system's folder; the test runner's loader keeps a cache there. */
  const inSystem = (): string[] => readdirSync(system).filter((name) => !name.startsWith('tsx-'));
  const beside = (): string[] =>
    readdirSync(temporary.folder, { recursive: true, encoding: 'utf8' }).filter((name) => /spill/.test(name));

  it('lies beside the graph and goes with each end: at a limit, by a signal, by a crash, by closing', async () => {
    const { lens } = temporary;
    await rowsOf(lens, 'RETURN 1');
    const [own, engines, ...others] = beside();
    assert.match(own!, /^lens-[0-9a-f]+[/\\]spill-[0-9a-f]+-\d+-\w+$/);
    assert.ok(engines?.startsWith(own!), 'the engine uses the folder that it is given');
    assert.deepEqual(others, []);
    await assert.rejects(rowsOf(lens, ENDLESS, {}, { timeoutMs: 200 }), { code: 'CYPHER_TIMEOUT' });
    await assert.rejects(rowsOf(lens, GREEDY, {}, { memoryMb: 100 }), { code: 'CYPHER_MEMORY' });
    await assert.rejects(rowsOf(lens, ENDLESS, {}, { signal: AbortSignal.timeout(200) }));
    if (process.platform === 'linux') {
      await rowsOf(lens, 'RETURN 1');
      const fate = assert.rejects(rowsOf(lens, ENDLESS), { code: 'CYPHER_CRASHED' });
      await sleep(1_000);
      for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL');
      await fate;
    }
    await Promise.all([rowsOf(lens, 'RETURN 1'), rowsOf(lens, 'RETURN 2')]);
    const busy = rowsOf(lens, ENDLESS).catch(() => undefined);
    await sleep(100);
    await lens[Symbol.asyncDispose]();
    await busy;
    assert.deepEqual(beside(), []);
    assert.deepEqual(inSystem(), []);
  });

  it('goes when the owner of the child is killed', async () => {
    if (process.platform !== 'linux') return;
    const owner = await started(temporary.folder);
    assert.equal(beside().length, 2);
    const [child] = childrenOf(owner.pid!);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    while (isRunning(child!)) await sleep(20);
    assert.deepEqual(beside(), []);
    assert.deepEqual(inSystem(), []);
  });

  it('goes with the next start when both were killed, and that of a process which runs stays', async () => {
    if (process.platform !== 'linux') return;
    const living = await started(temporary.folder);
    const kept = beside();
    const dead = await started(temporary.folder);
    const [child] = childrenOf(dead.pid!);
    dead.kill('SIGSTOP');
    process.kill(child!, 'SIGKILL');
    dead.kill('SIGKILL');
    await once(dead, 'exit');
    assert.equal(beside().length, 4, 'nobody was there to remove it');
    await rowsOf(temporary.lens, 'RETURN 1');
    await temporary.lens[Symbol.asyncDispose]();
    assert.deepEqual(beside(), kept);
    living.kill('SIGKILL');
    while (beside().length > 0) await sleep(20);
    assert.deepEqual(inSystem(), []);
  });
});

async function started(folder: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('lens-owner.ts', import.meta.url));
  const owner = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(owner.stdout, 'data');
  return owner;
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        return (
          status.includes(`\nPPid:\t${parent}\n`) &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('lens-process')
        );
      } catch {
        return false;
      }
    });
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
