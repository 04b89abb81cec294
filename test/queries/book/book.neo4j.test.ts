import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Node } from 'neo4j-driver';
import { browserQueries, browserStyle } from '../../../queries/browser-files.js';
import { readQueryBook } from '../../../queries/index.js';
import { queryBookPath } from '../../../src/assets.js';
import { GrafeoLens } from '../../../src/stores/grafeo/index.js';
import { Neo4jCypherLens } from '../../../src/stores/neo4j/cypher-lens.js';
import { openNeo4jStore } from '../../../src/stores/neo4j/open-neo4j-store.js';
import { openSqliteStore } from '../../../src/stores/sqlite/open-sqlite-store.js';
import { temporaryFolder } from '../../app/temporary-folder.js';
import { type SharedServer, useNeo4j } from '../../neo4j/shared-server.js';
import { COLLECTION, makeBookWorld, runBookQuery } from './book-world.js';

/** The statement that people try first shows nothing that Neo4j Browser's style does not name and caption. */
async function looksWorth({ driver, database }: SharedServer): Promise<void> {
  const { records } = await driver.executeQuery('MATCH (a)-[r]->(b) RETURN a, r, b LIMIT 100', {}, { database });
  assert.equal(records.length, 100);
  const style = browserStyle();
  for (const record of records) {
    for (const node of [record.get('a'), record.get('b')] as Node[]) {
      const captions = node.labels.map((label) => {
        const rule = style.slice(style.indexOf(`node.${label} {`));
        assert.ok(rule.length > 1 && style.includes(`node.${label} {`), `a rule for ${label}`);
        return /caption: "\{(\w+)\}"/.exec(rule)![1]!;
      });
      for (const caption of captions) assert.ok(node.properties[caption], `${node.labels} has ${caption}`);
    }
  }
}

describe('query book on both stores', () => {
  const neo4j = useNeo4j();
  const folder = temporaryFolder();
  const path = join(folder.path, 'store');

  before(async () => makeBookWorld(path));
  after(() => folder.dispose());

  it('gives equal rows, in the same order, for every query', async () => {
    const { uri, username, password, database, empty } = neo4j();
    await empty();
    const connection = { uri, username, password, database };
    await using embedded = await openSqliteStore({ folder: path, create: false });
    await using server = await openNeo4jStore(connection);
    await using lease = await server.acquireWriter({ waitMs: 1000 });
    await server.import(lease, COLLECTION, embedded.export(COLLECTION));
    await lease.release();
    await using lens = new GrafeoLens({ store: embedded, folder: path, maxChars: 20_000 });
    await using browser = new Neo4jCypherLens({ connection, maxChars: 20_000 });
    const differing: string[] = [];
    for (const query of await readQueryBook(queryBookPath())) {
      if (query.only !== undefined) continue;
      const [one, other] = [await runBookQuery(lens, query), await runBookQuery(browser, query)];
      assert.ok(one.rows.length > 0, query.name);
      // An import begins the count of generations anew.
      const rows = (list: typeof one.rows) =>
        query.name === 'changed-since' ? list.map(([, ...rest]) => rest).sort() : list;
      if (JSON.stringify(rows(one.rows)) !== JSON.stringify(rows(other.rows)))
        differing.push(`${query.name}\n${JSON.stringify(one.rows)}\n${JSON.stringify(other.rows)}`);
    }
    assert.deepEqual(differing, []);
    await looksWorth(neo4j());
    const { driver } = neo4j();
    for (const [file, text] of browserQueries(await readQueryBook(queryBookPath()))) {
      const params = Object.fromEntries([...text.matchAll(/\$(\w+)/g)].map(([, name]) => [name!, 'x']));
      await driver.executeQuery(`EXPLAIN ${text}`, params, { database }).catch((cause: unknown) => {
        throw new Error(`Neo4j refuses the saved query ${file}`, { cause });
      });
    }
  }).timeout(300_000);
});
