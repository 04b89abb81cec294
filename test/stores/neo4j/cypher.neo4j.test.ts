import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/assets.js';
import { DEFAULT_LIMITS, type HopwiseError } from '../../../src/index.js';
import { Neo4jCypherLens } from '../../../src/stores/neo4j/cypher-lens.js';
import { openNeo4jStore } from '../../../src/stores/neo4j/open-neo4j-store.js';
import { cypherLensContract } from '../../contract/cypher-lens.contract.js';
import { useNeo4j } from '../../neo4j/shared-server.js';

describe('read-only Cypher on Neo4j', () => {
  const neo4j = useNeo4j();

  cypherLensContract('Neo4j', {
    open: async () => {
      await neo4j().empty();
      const { uri, username, password, database } = neo4j();
      const connection = { uri, username, password, database };
      const store = await openNeo4jStore(connection);
      const lens = new Neo4jCypherLens({ connection, maxChars: DEFAULT_LIMITS.maxCypherChars });
      return {
        lens,
        store,
        [Symbol.asyncDispose]: async () => {
          await lens[Symbol.asyncDispose]();
          await store.close();
        },
      };
    },
    surroundings: async () => {
      const rows = async (statement: string, database: string): Promise<unknown> => {
        const { records } = await neo4j().driver.executeQuery(statement, {}, { database });
        return records.map((record) => record.toObject());
      };
      const { database } = neo4j();
      return {
        nodes: await rows('MATCH (n) RETURN labels(n)[0] AS label, count(*) AS n ORDER BY label', database),
        users: await rows('SHOW USERS YIELD user RETURN user ORDER BY user', 'system'),
        databases: await rows(
          'SHOW DATABASES YIELD name, currentStatus RETURN name, currentStatus ORDER BY name',
          'system',
        ),
        indexes: await rows('SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name', database),
        constraints: await rows('SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name', database),
      };
    },
  });

  it('has a role in its guide that the server can parse', async () => {
    const guide = readFileSync(join(packageRoot(), 'docs', 'cypher.md'), 'utf8');
    const block = /```cypher role\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
    const statements = block
      .split(';\n')
      .filter((statement) => statement.includes('ROLE') || /^(GRANT|DENY)/.test(statement));
    assert.equal(statements.length, 14);
    for (const statement of statements) {
      // Community has no roles; a statement with a wrong word would be a SyntaxError.
      await assert.rejects(
        neo4j().driver.executeQuery(statement, {}, { database: 'system' }),
        { code: 'Neo.ClientError.Statement.UnsupportedAdministrationCommand' },
        statement,
      );
    }
  });

  it('stands still when the password is wrong, without telling it', async () => {
    const { uri, username, database } = neo4j();
    const connection = { uri, username, database, password: 'not-the-secret-1' };
    await using lens = new Neo4jCypherLens({ connection, maxChars: 1_000 });
    const limits = { rows: 1, timeoutMs: 10_000, memoryMb: 200 };
    await assert.rejects(lens.explore('c', 'RETURN 1', {}, limits), (error) => {
      assert.equal((error as HopwiseError).code, 'STORE_AUTH');
      assert.doesNotMatch(String((error as Error).stack) + JSON.stringify(error), /not-the-secret/);
      return true;
    });
  });
});
