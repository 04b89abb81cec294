import { graphStoreContract } from '../../contract/graph-store.contract.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from './blank-store.js';

describe('the Neo4j store', function () {
  this.timeout(300_000);
  const neo4j = useNeo4j();
  graphStoreContract('neo4j', () => openBlank(neo4j()));
});
