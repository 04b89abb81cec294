import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PassageSearch } from '../../../src/ports/index.js';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';
import { SqlitePassageSearch } from '../../../src/stores/sqlite/search/sqlite-passage-search.js';
import { passageSearchContract } from '../../contract/passage-search.contract.js';

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
});
