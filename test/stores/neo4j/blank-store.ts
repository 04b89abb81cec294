/** Blank stores on the shared Neo4j: emptied by their content, the schema stays. */
import type { GraphStore } from '../../../src/ports/index.js';
import { type Neo4jStoreOptions, openNeo4jStore } from '../../../src/stores/neo4j/index.js';
import type { OpenedStore } from '../../contract/graph-store.contract.js';
import type { SharedServer } from '../../neo4j/shared-server.js';

export async function openBlank(server: SharedServer, options: Partial<Neo4jStoreOptions> = {}): Promise<OpenedStore> {
  const { uri, username, password, database } = server;
  const open = () => openNeo4jStore({ uri, username, password, database, ...options });
  await server.empty();
  const handles: GraphStore[] = [];
  const store = await open();
  handles.push(store);
  return {
    store,
    async reopen() {
      const handle = await open();
      handles.push(handle);
      return handle;
    },
    async dispose() {
      for (const handle of handles) await handle.close();
    },
  };
}
