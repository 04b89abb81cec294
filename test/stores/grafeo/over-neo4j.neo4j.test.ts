import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CypherLens, GraphStore } from '../../../src/ports/index.js';
import { GrafeoLens } from '../../../src/stores/grafeo/index.js';
import { Neo4jCypherLens } from '../../../src/stores/neo4j/cypher-lens.js';
import { EMBEDDER, made, put, remove } from '../../contract/fixtures.js';
import { fillCorpus } from '../../contract/lens-corpus.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from '../neo4j/blank-store.js';
import { rowsOf, temporaryLens } from './temporary-lens.js';

/** All that a lens shows but times and generations, in an order of its own. */
async function shown(lens: CypherLens): Promise<string[]> {
  // Neo4j also holds nodes of the store's own, under labels that are none of these.
  const nodes = await rowsOf(
    lens,
    'MATCH (n) WHERE n.collection = $collection AND (n:Document OR n:Passage OR n:Entity OR n:Value) RETURN n',
  );
  const relationships = await rowsOf(lens, 'MATCH ()-[r]->() WHERE r.collection = $collection RETURN r');
  return [...nodes, ...relationships].map((row) => JSON.stringify(row)).sort();
}

describe('the lens over a Neo4j store', () => {
  const neo4j = useNeo4j();

  it('shows what Neo4j shows itself, and what the lens over the embedded store shows, after every change', async function () {
    this.timeout(180_000);
    const opened = await openBlank(neo4j());
    const folder = mkdtempSync(join(tmpdir(), 'hopwise-lens-'));
    await using embedded = await temporaryLens();
    await using lens = new GrafeoLens({ store: opened.store, folder, maxChars: 20_000 });
    const { uri, username, password, database } = neo4j();
    await using server = new Neo4jCypherLens({ connection: { uri, username, password, database }, maxChars: 20_000 });
    try {
      const both: readonly GraphStore[] = [opened.store, embedded.store];
      const added = made('c', { uri: 'more', passages: [{ text: 'Ada', mentions: ['ada lovelace', 'new'] }] });
      const steps: readonly ((store: GraphStore) => Promise<void>)[] = [
        async (store) => {
          await using lease = await store.acquireWriter({ waitMs: 5_000 });
          await fillCorpus(lease, 'c');
        },
        async (store) => {
          await using lease = await store.acquireWriter({ waitMs: 5_000 });
          await lease.commit('c', put([added]));
        },
        async (store) => {
          await using lease = await store.acquireWriter({ waitMs: 5_000 });
          await lease.commit('c', remove(added.stored.document.id));
        },
      ];
      for (const [i, step] of steps.entries()) {
        for (const store of both) await step(store);
        const seen = await shown(lens);
        assert.deepEqual(seen, await shown(embedded.lens), `step ${i}, embedded`);
        assert.deepEqual(seen, await shown(server), `step ${i}, server`);
        assert.equal(
          seen.some((row) => row.includes('"e:new"')),
          i === 1,
        );
      }
      assert.deepEqual((await opened.store.collection('c'))?.embedder, EMBEDDER);
    } finally {
      await opened.dispose();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
