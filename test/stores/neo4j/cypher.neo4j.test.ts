import { DEFAULT_LIMITS } from '../../../src/index.js';
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
});
