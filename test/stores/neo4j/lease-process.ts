/** Takes the lease of the writer, says so, and holds it until it is killed. */
import { openNeo4jStore } from '../../../src/stores/neo4j/index.js';

const store = await openNeo4jStore(JSON.parse(process.env['LEASE_OPTIONS'] ?? ''));
await store.acquireWriter({ waitMs: 0 });
process.send?.('held');
setInterval(() => {}, 1_000);
