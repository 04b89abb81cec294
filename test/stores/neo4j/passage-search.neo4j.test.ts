import { Neo4jConnection } from '../../../src/stores/neo4j/connection.js';
import { Neo4jPassageSearch } from '../../../src/stores/neo4j/search/neo4j-passage-search.js';
import { passageSearchContract } from '../../contract/passage-search.contract.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from './blank-store.js';

describe('the Neo4j store', function () {
  this.timeout(300_000);
  const neo4j = useNeo4j();
  const open = async () => {
    const { uri, username, password, database } = neo4j();
    const { store, dispose } = await openBlank(neo4j());
    const connections: Neo4jConnection[] = [];
    return {
      store,
      search: () => {
        const connection = new Neo4jConnection({ uri, username, password, database });
        connections.push(connection);
        return new Neo4jPassageSearch(connection, store);
      },
      dispose: async () => {
        for (const connection of connections) await connection.close();
        await dispose();
      },
    };
  };
  passageSearchContract('neo4j', open, 4);
});
