import assert from 'node:assert/strict';
import { useNeo4j } from '../neo4j/shared-server.js';
import { cypherDoor } from './cypher-door.js';
import { doorTenancy } from './door-tenancy.js';
import { temporaryFolder } from './temporary-folder.js';
import { wholeApp } from './whole-app.js';

describe('doors of Neo4j', () => {
  const neo4j = useNeo4j();
  const folder = temporaryFolder();
  after(() => folder.dispose());
  const blank = async () => {
    const { uri, username, password, database, empty } = neo4j();
    await empty();
    return { store: uri, cache: folder.path, neo4j: { username, password, database } };
  };

  cypherDoor('Neo4j', blank);
  doorTenancy('Neo4j', blank);

  it('runs statements as the analyst that is set, and nothing else', async () => {
    const given = await blank();
    const analystUsername = 'hopwise_test_analyst';
    const run = (statement: string) => neo4j().driver.executeQuery(statement, {}, { database: 'system' });
    await run(`CREATE USER ${analystUsername} IF NOT EXISTS SET PASSWORD 'analyst-pass-1' CHANGE NOT REQUIRED`);
    try {
      const { Hopwise } = await wholeApp();
      for (const analystPassword of ['analyst-pass-1', 'another-pass-1']) {
        await using hopwise = await Hopwise.open({
          ...given,
          neo4j: { ...given.neo4j, analystUsername, analystPassword },
        });
        await hopwise.ingestGiven([{ uri: 'a.txt', content: 'Ines Marlowe.', mediaType: 'text/plain' }]);
        const asked = hopwise.cypher('MATCH (d:Document) RETURN d.uri');
        if (analystPassword === 'another-pass-1') {
          await assert.rejects(asked, { code: 'STORE_AUTH' });
        } else {
          await using result = await asked;
          for await (const row of result.rows) assert.deepEqual(row, ['a.txt']);
        }
      }
    } finally {
      await run(`DROP USER ${analystUsername} IF EXISTS`);
    }
  }).timeout(60_000);
});
