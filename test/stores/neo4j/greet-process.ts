/** Opens a connection in a process of its own, whose certificates come from its environment; prints how that went. */
import { openConnection } from '../../../src/stores/neo4j/open-connection.js';

const [uri, username, password] = process.argv.slice(2);
try {
  await using connection = await openConnection({ uri: uri!, username, password });
  const { records } = await connection.run('READ', 'RETURN 1 AS one');
  console.log(JSON.stringify(records[0]!.toObject()));
} catch (error) {
  console.log((error as { code?: string }).code ?? String(error));
}
