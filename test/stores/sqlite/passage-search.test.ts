import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { ingest, textSource } from '../../../ingest/index.js';
import type { PassageSearch } from '../../../src/ports/index.js';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';
import { SqlitePassageSearch } from '../../../src/stores/sqlite/search/sqlite-passage-search.js';
import { passageSearchContract } from '../../contract/passage-search.contract.js';
import { COLLECTION, openWorkbench } from '../../ingest/pipeline/workbench.js';

async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'hopwise-search-'));
  const store = await openSqliteStore({ folder, create: true });
  const made: PassageSearch[] = [];
  return {
    store,
    search: () => {
      const search = new SqlitePassageSearch(folder);
      made.push(search);
      return search;
    },
    dispose: async () => {
      for (const search of made) await search[Symbol.asyncDispose]();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe('the embedded store', function () {
  this.timeout(120_000);
  passageSearchContract('sqlite', open);

  it('makes its search file anew when it is damaged, and keeps its blocks of signs few', async () => {
    await using bench = await openWorkbench();
    await using search = new SqlitePassageSearch(bench.folder);
    const path = search.path(COLLECTION);
    const put = async (n: number): Promise<number> => {
      const content = `# Light ${n % 5}\n\nLight ${n % 5} was lit by Keeper ${n}.`;
      await ingest(bench.context, [textSource({ uri: `${n % 5}.md`, content })], { collection: COLLECTION });
      await using view = await search.view(COLLECTION);
      return view.statistics.passages;
    };
    assert.equal(await put(0), 1);
    await search.forget(COLLECTION);
    await writeFile(path, 'no database');
    assert.equal(await put(1), 2);
    for (let n = 2; n < 30; n++) await put(n);
    const file = new DatabaseSync(path, { readOnly: true });
    const { blocks, rows } = file
      .prepare('SELECT count(*) AS blocks, sum(length(passages)) / 8 AS rows FROM search_signs')
      .get() as { blocks: number; rows: number };
    file.close();
    // Five documents of two rows each; rows of those replaced make up a third at most.
    assert.ok(blocks <= 6 && rows >= 10 && rows <= 15, `${blocks} blocks, ${rows} rows`);
    await using view = await search.view(COLLECTION);
    const vector = new Float32Array(view.statistics.embedder.dimensions).fill(0.1);
    assert.equal((await view.nearest(vector, 10)).length, 5);
  });
});
