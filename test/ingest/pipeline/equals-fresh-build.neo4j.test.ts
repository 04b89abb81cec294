import { IndexCache } from '../../../src/index/index-cache.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from '../../stores/neo4j/blank-store.js';
import { equalsFreshBuild } from './fresh-build-properties.js';
import { openWorkbench, type Workbench } from './workbench.js';

describe('a Neo4j store after any sequence of ingests', function () {
  this.timeout(300_000);
  const neo4j = useNeo4j();

  /** A workbench whose store is in Neo4j. */
  async function openOnNeo4j(): Promise<Workbench> {
    const bench = await openWorkbench();
    const { store, dispose } = await openBlank(neo4j());
    return {
      folder: bench.folder,
      context: { ...bench.context, store, index: new IndexCache(store, bench.folder) },
      [Symbol.asyncDispose]: async () => {
        await dispose();
        await bench[Symbol.asyncDispose]();
      },
    };
  }

  equalsFreshBuild(openOnNeo4j, { ordered: 3, deleted: 1, interrupted: 2 });
});
