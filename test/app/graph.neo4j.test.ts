import assert from 'node:assert/strict';
import { join } from 'node:path';
import { drawGraph } from '../../app/draw-graph.js';
import { Hopwise } from '../../app/index.js';
import { packageRoot } from '../../src/assets.js';
import { DEFAULT_LIMITS, type GraphStore } from '../../src/index.js';
import { openNeo4jStore } from '../../src/stores/neo4j/open-neo4j-store.js';
import { openSqliteStore } from '../../src/stores/sqlite/open-sqlite-store.js';
import { useNeo4j } from '../neo4j/shared-server.js';
import { temporaryFolder } from './temporary-folder.js';

const COLLECTION = 'pictures';
const QUESTION = 'In which town was the designer of the lighthouse kept by Ines Marlowe born?';

describe('pictures of both stores', () => {
  const neo4j = useNeo4j();
  const folder = temporaryFolder();
  const path = join(folder.path, 'store');
  after(() => folder.dispose());

  it('are the same to the byte, of neighbourhoods and of the path of an answer', async () => {
    const { uri, username, password, database, empty } = neo4j();
    await empty();
    await using hopwise = await Hopwise.open({ store: path, collection: COLLECTION });
    await hopwise.ingest(join(packageRoot(), 'examples', 'halvard-coast'));
    const answer = await hopwise.ask(QUESTION);
    await using embedded = await openSqliteStore({ folder: path, create: false });
    await using server = await openNeo4jStore({ uri, username, password, database });
    await using lease = await server.acquireWriter({ waitMs: 1000 });
    await server.import(lease, COLLECTION, embedded.export(COLLECTION));
    await lease.release();
    const draw = async (store: GraphStore, subject: string, hops: number, format: 'svg' | 'graphml') => {
      const context = { store, limits: DEFAULT_LIMITS, collection: COLLECTION, ask: async () => answer };
      return (await drawGraph(context, subject, { hops, format, limit: 50 })).content;
    };
    for (const [subject, hops] of [
      ['Ines Marlowe', 1],
      ['Norhaven', 2],
      ['Port Ellery', 3],
      [QUESTION, 1],
    ] as const) {
      for (const format of ['svg', 'graphml'] as const) {
        const drawn = await draw(embedded, subject, hops, format);
        assert.ok(drawn.length > 5_000);
        assert.equal(await draw(server, subject, hops, format), drawn, `${subject}, ${format}`);
      }
    }
  }).timeout(120_000);
});
