import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ingest } from '../../../ingest/index.js';
import { StoreError } from '../../../src/errors.js';
import { IndexCache } from '../../../src/index/index-cache.js';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';
import { snapshot } from './snapshot.js';
import { COLLECTION, memorySource, openWorkbench } from './workbench.js';

const SOURCES = Array.from({ length: 60 }, (_, i) =>
  memorySource(
    `w/${i}.md`,
    `# House ${i}\n\n${`House ${i} stands beside House ${(i * 7) % 60} on the coast. `.repeat(12)}\n`,
  ),
);

describe('a disk that fills up during ingest', () => {
  it('stops the run with the store intact, and the next run with more room goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hopwise-full-'));
    try {
      await using bench = await openWorkbench();
      const options = { collection: COLLECTION, batchPassages: 10 };
      const small = await openSqliteStore({ folder, create: true, maxPages: 60 });
      const cramped = { ...bench.context, store: small, index: new IndexCache(small, folder) };
      await assert.rejects(ingest(cramped, SOURCES, options), (error) => {
        assert.ok(error instanceof StoreError);
        assert.ok(error.remedy.length > 0);
        return true;
      });
      assert.deepEqual(await small.check(), []);
      const stored = (await small.collection(COLLECTION))!.counts.documents;
      assert.ok(stored > 0 && stored < 60, `${stored} documents were committed before`);
      await small.close();

      await using large = await openSqliteStore({ folder });
      const roomy = { ...bench.context, store: large, index: new IndexCache(large, folder) };
      const summary = await ingest(roomy, SOURCES, options);
      assert.deepEqual([summary.added, summary.unchanged], [60 - stored, stored]);
      await ingest(bench.context, SOURCES, { collection: COLLECTION });
      assert.deepEqual(await snapshot(roomy), await snapshot(bench.context));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
