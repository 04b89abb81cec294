import assert from 'node:assert/strict';
import type { GraphStore } from '../../../src/ports/index.js';
import { Spool, streamOf } from '../../../src/stores/neo4j/spool.js';
import { EMBEDDER, made, put } from '../../contract/fixtures.js';
import { all } from '../../contract/opened-store.js';
import { useNeo4j } from '../../neo4j/shared-server.js';
import { openBlank } from './blank-store.js';

const URIS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Documents that all say in which generation they were put. */
const batchOf = (generation: number) =>
  URIS.map((uri) => {
    const mark = `generation ${generation}`;
    return made('c', {
      uri,
      title: mark,
      passages: Array.from({ length: 1 + (generation % 4) }, (_, i) => ({ text: `${mark} ${i}`, mentions: [mark] })),
    });
  });

async function assertWhole(store: GraphStore): Promise<number> {
  const changes = await store.changes('c', 0);
  const titles = (await all(changes.put)).map(({ document, passages }) => `${document.title} ${passages.length}`);
  const expected = `generation ${changes.generation} ${1 + (changes.generation % 4)}`;
  assert.deepEqual(
    titles,
    URIS.map(() => expected),
  );
  return changes.generation;
}

async function assertWholeExport(store: GraphStore): Promise<void> {
  const records = (await all(store.export('c'))).map((line) => JSON.parse(line) as Record<string, unknown>);
  const { generation } = records[0]!['volatile'] as { generation: number };
  const keys = records.filter(({ kind }) => kind === 'entity').map(({ key }) => key);
  assert.deepEqual(keys, [`generation ${generation}`]);
}

describe('snapshots of a collection on Neo4j', function () {
  this.timeout(180_000);
  const neo4j = useNeo4j();

  it('show one generation while another handle writes on and on', async () => {
    const opened = await openBlank(neo4j());
    try {
      const reader = await opened.reopen();
      await using lease = await opened.store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put(batchOf(1)));
      let writing = true;
      const writer = (async () => {
        for (let generation = 2; generation <= 40; generation++) await lease.commit('c', put(batchOf(generation)));
        writing = false;
      })();
      const seen = new Set<number>();
      while (writing) {
        seen.add(await assertWhole(reader));
        await assertWholeExport(reader);
      }
      await writer;
      assert.equal(await assertWhole(reader), 40);
      assert.ok(seen.size > 1, 'the reader saw generations come');
    } finally {
      await opened.dispose();
    }
  });

  it('do not wait for ever for a commit whose writer is gone', async () => {
    const opened = await openBlank(neo4j());
    try {
      await using lease = await opened.store.acquireWriter({ waitMs: 0 });
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put(batchOf(1)));
      // As a writer leaves it that is killed between its commit and the end of it.
      await neo4j().driver.executeQuery('MATCH (k:CommitClock) SET k.value = k.value + 1, k.until = timestamp() + 500');
      assert.equal(await assertWhole(opened.store), 1);
      await lease.commit('c', put(batchOf(2)));
      assert.equal(await assertWhole(opened.store), 2);
    } finally {
      await opened.dispose();
    }
  });
});

describe('a spool', () => {
  it('gives back what it holds from memory and from its file, the last value of a key', async () => {
    using spool = new Spool<{ readonly bytes: Uint8Array; readonly text: string }>(100);
    const value = (i: number) => ({ bytes: Uint8Array.of(i, 255), text: `😀 ${i}`.repeat(i) });
    for (let i = 0; i < 50; i++) spool.set(`k${i % 40}`, value(i));
    spool.delete('k39');
    assert.equal(spool.keys.length, 39);
    for (const key of spool.keys) {
      const i = Number(key.slice(1));
      assert.deepEqual(spool.get(key), value(i < 10 ? i + 40 : i));
    }
    assert.deepEqual(await all(streamOf(spool, () => [spool.get('k1')?.text])), [value(41).text]);
    assert.equal(spool.get('k1'), undefined, 'read to its end, it holds nothing more');
  });
});
