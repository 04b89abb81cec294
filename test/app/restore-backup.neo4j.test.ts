import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Hopwise } from '../../app/hopwise.js';
import { all } from '../contract/opened-store.js';
import { useNeo4j } from '../neo4j/shared-server.js';
import { temporaryFolder } from './temporary-folder.js';

describe('a backup of a Neo4j store', function () {
  this.timeout(120_000);
  const neo4j = useNeo4j();
  const folder = temporaryFolder();
  after(() => folder.dispose());

  it('is restored into either kind of store', async () => {
    await neo4j().empty();
    const { uri, username, password, database } = neo4j();
    const server = { store: uri, cache: join(folder.path, 'cache'), neo4j: { username, password, database } };
    const file = join(folder.path, 'backup.jsonl');
    const exports = new Map<string, string[]>();
    {
      await using hopwise = await Hopwise.open(server);
      for (const collection of ['coast', 'inland']) {
        const content = `Ines Marlowe lives in the town ${collection}.`;
        await hopwise.ingestGiven([{ uri: `${collection}.txt`, content }], { collection });
        exports.set(collection, (await all(hopwise.export({ collection }))).slice(1));
      }
      await hopwise.backup(file);
    }
    await neo4j().empty();
    for (const settings of [server, { store: join(folder.path, 'store') }]) {
      await using hopwise = await Hopwise.open(settings);
      const restored = await hopwise.restore(createInterface({ input: createReadStream(file) }));
      assert.deepEqual(
        restored.map(({ name, counts }) => [name, counts.documents]),
        [
          ['coast', 1],
          ['inland', 1],
        ],
      );
      for (const [collection, lines] of exports)
        assert.deepEqual((await all(hopwise.export({ collection }))).slice(1), lines);
    }
  });
});
