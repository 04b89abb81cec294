import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/assets.js';
import type { CypherLens, CypherValue } from '../../src/index.js';
import { GrafeoLens } from '../../src/stores/grafeo/index.js';
import { Neo4jCypherLens } from '../../src/stores/neo4j/cypher-lens.js';
import { openNeo4jStore } from '../../src/stores/neo4j/open-neo4j-store.js';
import { openSqliteStore } from '../../src/stores/sqlite/open-sqlite-store.js';
import { temporaryFolder } from '../app/temporary-folder.js';
import { useNeo4j } from '../neo4j/shared-server.js';
import { COLLECTION, makeBookWorld } from '../queries/book/book-world.js';

/** Rows of the page's tables by section: cells that are a statement in backticks, as text. */
function statementsOf(section: string): { readonly what: string; readonly statements: readonly string[] }[] {
  const page = readFileSync(join(packageRoot(), 'docs', 'cypher-dialect.md'), 'utf8');
  const start = page.indexOf(`## ${section}\n`);
  assert.ok(start >= 0, section);
  const end = page.indexOf('\n## ', start + 1);
  return page
    .slice(start, end < 0 ? undefined : end)
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('`'))
    .map((line) => {
      const [what = '', ...cells] = line.slice(2, -2).split(/ (?<!\\)\| /);
      const statements = cells.map((cell) => cell.trim()).filter((cell) => cell.startsWith('`'));
      return { what, statements: statements.map((cell) => cell.slice(1, -1).replaceAll('\\|', '|')) };
    });
}

type Rows = readonly (readonly CypherValue[])[];

async function rowsOf(lens: CypherLens, statement: string): Promise<Rows> {
  const limits = { rows: 10_000, timeoutMs: 60_000, memoryMb: 1024 };
  await using result = await lens.explore(COLLECTION, statement, {}, limits);
  const rows: (readonly CypherValue[])[] = [];
  for await (const row of result.rows) rows.push(row);
  return rows;
}

describe('dialect guide', () => {
  const neo4j = useNeo4j();
  const folder = temporaryFolder();
  const path = join(folder.path, 'store');
  let server: CypherLens;
  let embedded: CypherLens;
  const opened: AsyncDisposable[] = [];

  before(async () => {
    const { uri, username, password, database, empty } = neo4j();
    await empty();
    const connection = { uri, username, password, database };
    await makeBookWorld(path);
    const store = await openSqliteStore({ folder: path, create: false });
    const graph = await openNeo4jStore(connection);
    const lease = await graph.acquireWriter({ waitMs: 1000 });
    await graph.import(lease, COLLECTION, store.export(COLLECTION));
    await lease.release();
    server = new Neo4jCypherLens({ connection, maxChars: 20_000 });
    embedded = new GrafeoLens({ store, folder: path, maxChars: 20_000 });
    opened.push(server, embedded, graph, store);
  });
  after(async () => {
    for (const one of opened) await one[Symbol.asyncDispose]();
    folder.dispose();
  });

  for (const { what, statements } of statementsOf('Works on both, with equal rows')) {
    it(`both: ${what}`, async () => {
      assert.equal(statements.length, 1);
      const rows = await rowsOf(embedded, statements[0]!);
      assert.ok(rows.length > 0, 'there is something to compare');
      assert.deepEqual(rows, await rowsOf(server, statements[0]!));
    });
  }

  for (const { what, statements } of statementsOf('On Neo4j only')) {
    it(`Neo4j only: ${what}`, async () => {
      const [own, portable] = statements;
      const rows = await rowsOf(server, own!);
      assert.ok(rows.length > 0);
      await assert.rejects(rowsOf(embedded, own!), { name: 'CypherError' });
      assert.deepEqual(await rowsOf(server, portable!), rows);
      assert.deepEqual(await rowsOf(embedded, portable!), rows);
    });
  }

  for (const { what, statements } of statementsOf('On the lens only')) {
    it(`lens only: ${what}`, async () => {
      assert.ok((await rowsOf(embedded, statements[0]!)).length > 0);
      await assert.rejects(rowsOf(server, statements[0]!), { name: 'CypherError' });
    });
  }
});
