import { useNeo4j } from '../neo4j/shared-server.js';
import { cypherDoor } from './cypher-door.js';
import { doorTenancy } from './door-tenancy.js';
import { temporaryFolder } from './temporary-folder.js';

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
});
