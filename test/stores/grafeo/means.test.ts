import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../../src/assets.js';
import { tokenise } from '../../../src/cypher/statement-tokens.js';
import { GraphBuild } from '../../../src/stores/grafeo/build-graph.js';
import { type GrafeoDatabase, loadGrafeo } from '../../../src/stores/grafeo/grafeo-engine.js';
import { lensDocument } from '../../../src/stores/grafeo/lens-document.js';
import { GRAPH_FILE } from '../../../src/stores/grafeo/lens-files.js';
import { limitRows } from '../../../src/stores/grafeo/limit-rows.js';
import { refusedInPlan } from '../../../src/stores/grafeo/plan-guard.js';
import { runStatement, StatementError } from '../../../src/stores/grafeo/run-statement.js';
import { attacks } from '../../contract/cypher-attacks.js';
import { made, relation } from '../../contract/fixtures.js';
import { temporaryLens } from './temporary-lens.js';

const MAIN = join(packageRoot(), 'dist', 'app', 'cli', 'main.js');
/** Needs time and little memory: Grafeo would hold the rows of nested UNWINDs. */
const ENDLESS =
  'RETURN reduce(s = 0, i IN range(1, 100000) | s + reduce(t = 0, j IN range(1, 100000) | (t + j) % 7)) AS s';

describe('the second means alone: the plan', () => {
  let folder: string;
  let database: GrafeoDatabase;
  let list: ReturnType<typeof attacks>;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hopwise-means-'));
    const build = new GraphBuild(folder, 'c', false, () => {});
    const one = made('c', {
      uri: 'a',
      passages: [{ text: 'x', mentions: ['k'], relations: [relation('k', 'found', 'l')] }],
    });
    await build.put(lensDocument(one.stored, one.mentions, undefined));
    await build.finish({ collection: 'c', name: 'c', generation: 1, embedder: 'e', dimensions: 4, failures: 0 });
    database = loadGrafeo().openReadOnly(join(folder, GRAPH_FILE));
    const readable = join(folder, 'readable.csv');
    writeFileSync(readable, 'a secret');
    list = attacks({ url: 'http://127.0.0.1:9', readable, writable: join(folder, 'written') });
  });
  after(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const group of ['plain writes', 'writes within others', 'transactions of their own', 'files and the network']) {
    it(`refuses every one of "${group}" that the words would have let through`, async () => {
      const statements = list[group] ?? [];
      assert.ok(statements.length >= 6);
      for (const { cypher, params = {} } of statements) {
        const run = runStatement(database, { statement: cypher, limited: undefined, params, rows: 10 });
        await assert.rejects(run, StatementError, cypher);
      }
    });
  }

  it('refuses operators that nobody has looked at, wherever they stand in a plan', () => {
    assert.equal(refusedInPlan('Return (n)\n  Filter (n.x Eq "CREATE (y)")\n    NodeScan (n:*)\n'), undefined);
    assert.equal(refusedInPlan('Return (n)\n  Apply\n    NodeScan (n:*)\n    Discriminant(51)'), undefined);
    assert.equal(refusedInPlan('Return (n)\n  Discriminant(52)'), 'the operator Discriminant(52)');
    assert.equal(refusedInPlan('Return (n)\n  LoadCsv (x)'), 'the operator LoadCsv');
    assert.equal(
      refusedInPlan('Return (ExistsSubquery(CreateNode(CreateNodeOp { x: 1 })))'),
      'the operator CreateNode',
    );
    assert.equal(refusedInPlan('Return ("CreateNodeOp { x: 1 }")'), undefined);
    assert.equal(refusedInPlan('Return (n) [after the write]\n  NodeScan (n:*)'), 'a write');
    assert.equal(refusedInPlan('Return (n)\n  CallProcedure (grafeo.pagerank)'), undefined);
    assert.equal(refusedInPlan('Return (n)\n  CallProcedure (grafeo.save)'), 'the procedure grafeo.save');
    assert.equal(refusedInPlan('Return (n)\n  CallProcedure weird'), 'the operator CallProcedure');
  });

  it('the third means alone: a file opened for reading rejects every write', async () => {
    const before = readFileSync(join(folder, GRAPH_FILE));
    for (const group of ['plain writes', 'writes within others'])
      for (const { cypher, params = {} } of list[group] ?? [])
        await assert.rejects(
          database.executeCypher(cypher, params).then(({ counters }) => {
            // Some write nothing because they match nothing.
            if (Object.values(counters).every((count) => count === 0)) throw new Error('nothing was written');
          }),
          cypher,
        );
    assert.deepEqual(readFileSync(join(folder, GRAPH_FILE)), before);
  });
});

describe('a statement without a limit', () => {
  const limited = (statement: string) => limitRows(statement, tokenise(statement), 7);

  it('gets one behind its last RETURN', () => {
    assert.equal(limited('MATCH (n) RETURN n'), 'MATCH (n) RETURN n\nLIMIT 7');
    assert.equal(
      limited('MATCH (n) WITH n LIMIT 3 RETURN n // all'),
      'MATCH (n) WITH n LIMIT 3 RETURN n // all\nLIMIT 7',
    );
    assert.equal(limited('MATCH (n) RETURN n.limit AS limit'), 'MATCH (n) RETURN n.limit AS limit\nLIMIT 7');
    assert.equal(
      limited('CALL { MATCH (n) RETURN n LIMIT 2 } RETURN n ORDER BY n.x SKIP 1'),
      'CALL { MATCH (n) RETURN n LIMIT 2 } RETURN n ORDER BY n.x SKIP 1\nLIMIT 7',
    );
  });

  it('keeps its own, and is left alone where none can stand', () => {
    for (const statement of [
      'MATCH (n) RETURN n LIMIT 3',
      'MATCH (n) RETURN n limit $n',
      'RETURN 1 AS x UNION RETURN 2 AS x',
      'CALL db.labels()',
      'CALL db.labels() YIELD label',
    ])
      assert.equal(limited(statement), undefined, statement);
  });
});

describe('the child of the lens', () => {
  it('says that a platform has no engine, when the package cannot be loaded there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hopwise-platform-'));
    try {
      for (const storey of ['src', 'graph-schema'])
        cpSync(join(packageRoot(), 'dist', storey), join(folder, storey), { recursive: true });
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      const child = fork(join(folder, 'src', 'stores', 'grafeo', 'lens-process.js'), { stdio: 'ignore' });
      child.send({ kind: 'open', file: 'x' });
      const [answer] = await once(child, 'message');
      child.kill();
      assert.deepEqual(answer, {
        kind: 'error',
        error: 'unavailable',
        message: `Grafeo has no binary for ${process.platform} ${process.arch}`,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('ends with its parent, whether that is interrupted or killed', async function () {
    if (process.platform !== 'linux') this.skip();
    await using temporary = await temporaryLens();
    await using lease = await temporary.store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', { id: 'e', dimensions: 4 });
    const cwd = join(temporary.folder, 'empty');
    mkdirSync(cwd);
    for (const [signal, expected] of [
      ['SIGINT', 130],
      ['SIGKILL', null],
    ] as const) {
      const args = [MAIN, 'cypher', ENDLESS, '--store', temporary.folder, '--collection', 'c'];
      const parent = spawn(process.execPath, args, { cwd, stdio: 'ignore' });
      const child = await childOf(parent);
      parent.kill(signal);
      const [code] = await once(parent, 'close');
      assert.equal(code, expected);
      for (let i = 0; i < 100 && existsSync(`/proc/${child}`); i++) await sleep(50);
      assert.ok(!existsSync(`/proc/${child}`), `the child is left after ${signal}`);
    }
  });
});

/** Process id of the child that runs the statement, once it has the engine loaded for a moment. */
async function childOf(parent: ChildProcess): Promise<number> {
  for (let i = 0; i < 400; i++) {
    await sleep(50);
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        const ppid = /^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        // The one that builds may use more memory.
        if (Number(ppid) !== parent.pid || !line.includes('lens-process') || !line.includes('=512')) continue;
        if (!readFileSync(`/proc/${name}/maps`, 'utf8').includes('grafeo')) continue;
        await sleep(500);
        return Number(name);
      } catch {
        // It has ended meanwhile.
      }
    }
  }
  throw new Error('no child was seen');
}
