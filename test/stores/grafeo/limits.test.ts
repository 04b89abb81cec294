import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { CypherLens } from '../../../src/ports/index.js';
import { EMBEDDER, made, put } from '../../contract/fixtures.js';
import { OPTIONS, rowsOf, type TemporaryLens, temporaryLens } from './temporary-lens.js';

/** Needs time and little memory: Grafeo would hold the rows of nested UNWINDs. */
const ENDLESS =
  'RETURN reduce(s = 0, i IN range(1, 100000) | s + reduce(t = 0, j IN range(1, 100000) | (t + j) % 7)) AS s';
const GREEDY = 'UNWIND range(1, 1000000000) AS i RETURN collect(toString(i))';
const MANY = 'UNWIND range(1, 5000) AS i RETURN i';

async function oneDocument(options: Parameters<typeof temporaryLens>[0] = {}): Promise<TemporaryLens> {
  const temporary = await temporaryLens(options);
  await using lease = await temporary.store.acquireWriter({ waitMs: 0 });
  await lease.createCollection('c', EMBEDDER);
  await lease.commit('c', put([made('c', { uri: 'a', passages: [{ text: 'a', mentions: ['k'] }] })]));
  return temporary;
}

/** Command lines and environments of the children of this process that run the lens. */
function children(): { readonly pid: number; readonly line: string; readonly environment: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = /^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        if (Number(parent) !== process.pid || !line.includes('lens-process')) return [];
        return [{ pid: Number(name), line, environment: readFileSync(`/proc/${name}/environ`, 'utf8') }];
      } catch {
        return [];
      }
    });
}

async function isSound(lens: CypherLens): Promise<void> {
  assert.deepEqual(await rowsOf(lens, 'MATCH (d:Document) RETURN d.uri'), [['a']]);
}

describe('limits of the lens', () => {
  let temporary: TemporaryLens;
  before(async () => {
    temporary = await oneDocument();
  });
  after(() => temporary[Symbol.asyncDispose]());

  it('ends a statement at its time, and goes on with the next', async () => {
    const { lens } = temporary;
    await assert.rejects(rowsOf(lens, ENDLESS, {}, { timeoutMs: 300 }), {
      name: 'CypherLimitError',
      code: 'CYPHER_TIMEOUT',
      message: 'The statement was ended after 300 ms',
    });
    await isSound(lens);
  });

  it('ends a statement at its memory, and goes on with the next', async () => {
    const { lens } = temporary;
    for (let i = 0; i < 3; i++) {
      await assert.rejects(rowsOf(lens, GREEDY, {}, { memoryMb: 100 }), { code: 'CYPHER_MEMORY' });
      await isSound(lens);
    }
  });

  it('counts the time of a reader that is slow', async () => {
    const { lens } = temporary;
    await using result = await lens.explore('c', MANY, {}, { ...OPTIONS, rows: 5_000, timeoutMs: 400 });
    await assert.rejects(
      async () => {
        for await (const [row] of result.rows) if (row === 1) await new Promise((resolve) => setTimeout(resolve, 900));
      },
      { code: 'CYPHER_TIMEOUT' },
    );
    await isSound(lens);
  });

  it('cuts rows at the limit and says so, and never when it is just met', async () => {
    const { lens } = temporary;
    for (const [statement, rows, cut] of [
      [MANY, 4_999, true],
      [MANY, 5_000, false],
      [`${MANY} LIMIT 10`, 9, true],
      [`${MANY} LIMIT 10`, 10, false],
      [`${MANY} // no end`, 3, true],
      [`${MANY};`, 3, true],
      ['UNWIND [1, 2, 3] AS i RETURN i UNION ALL RETURN 4 AS i', 3, true],
      ['UNWIND [1, 2, 3] AS i RETURN i UNION ALL RETURN 4 AS i', 4, false],
      ['UNWIND [3, 1, 2] AS i WITH i LIMIT 2 RETURN i ORDER BY i', 1, true],
    ] as const) {
      await using result = await lens.explore('c', statement, {}, { ...OPTIONS, rows });
      let count = 0;
      for await (const _ of result.rows) count++;
      assert.ok(count <= rows, statement);
      assert.deepEqual(
        result.warnings.map(({ code }) => code),
        cut ? ['CYPHER_ROWS'] : [],
        `${statement}, ${rows}`,
      );
    }
  });

  it('is cancelled by a signal, before it runs, while it runs and while it is read', async () => {
    const { lens } = temporary;
    const reason = new Error('gone');
    await assert.rejects(rowsOf(lens, MANY, {}, { signal: AbortSignal.abort(reason) }), reason);
    const during = new AbortController();
    setTimeout(() => during.abort(reason), 200);
    await assert.rejects(rowsOf(lens, ENDLESS, {}, { signal: during.signal }), reason);
    const reading = new AbortController();
    await assert.rejects(async () => {
      await using result = await lens.explore('c', MANY, {}, { ...OPTIONS, rows: 5_000, signal: reading.signal });
      for await (const [row] of result.rows) if (row === 700) reading.abort(reason);
    }, reason);
    await isSound(lens);
  });

  it('is ended by a reader that leaves, and keeps its child for the next', async () => {
    await using own = await oneDocument({ processes: 1 });
    const { lens } = own;
    await isSound(lens);
    const before = children().map(({ pid }) => pid);
    for (let i = 0; i < 5; i++) {
      await using result = await lens.explore('c', MANY, {}, { ...OPTIONS, rows: 5_000 });
      for await (const _ of result.rows) break;
      await using unread = await lens.explore('c', MANY, {}, { ...OPTIONS, rows: 5_000 }).finally(() => {});
      assert.deepEqual(unread.columns, ['i']);
    }
    await isSound(lens);
    if (process.platform === 'linux') {
      assert.deepEqual(
        children().map(({ pid }) => pid),
        before,
      );
    }
  });

  it('runs several statements at a time, and lets more wait', async () => {
    const { lens } = temporary;
    const rows = await Promise.all(Array.from({ length: 8 }, (_, i) => rowsOf(lens, 'RETURN $i AS i', { i })));
    assert.deepEqual(
      rows,
      Array.from({ length: 8 }, (_, i) => [[i]]),
    );
    const waiting = new AbortController();
    const busy = [1, 2].map(() =>
      assert.rejects(rowsOf(lens, ENDLESS, {}, { timeoutMs: 900 }), { code: 'CYPHER_TIMEOUT' }),
    );
    const third = assert.rejects(rowsOf(lens, MANY, {}, { signal: waiting.signal }), { name: 'AbortError' });
    setTimeout(() => waiting.abort(), 200);
    await Promise.all([...busy, third]);
    await isSound(lens);
  });

  it('tells when its engine ends by itself', async () => {
    const { lens } = temporary;
    if (process.platform !== 'linux') return;
    const fate = assert.rejects(rowsOf(lens, ENDLESS), { name: 'CypherUnavailableError', code: 'CYPHER_CRASHED' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const { pid } of children()) process.kill(pid, 'SIGKILL');
    await fate;
    await isSound(lens);
  });

  it('hands no secret to its child, and leaves none behind', async () => {
    if (process.platform !== 'linux') return;
    process.env['HOPWISE_API_KEY'] = 'a-secret-of-the-environment';
    try {
      await using own = await oneDocument();
      await rowsOf(own.lens, 'RETURN $password AS p', { password: 'a-secret-parameter' });
      const running = children();
      assert.ok(running.length > 0);
      for (const { line, environment } of running)
        assert.doesNotMatch(`${line}${environment}`, /a-secret|PASSWORD|API_KEY/);
    } finally {
      delete process.env['HOPWISE_API_KEY'];
    }
    await temporary.lens[Symbol.asyncDispose]();
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.deepEqual(children(), []);
  });
});
