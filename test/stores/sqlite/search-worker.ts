/** Brings a search file up to date in a process of its own, and tells of each step: the test ends it in the middle. */
import { SqlitePassageSearch } from '../../../src/stores/sqlite/search/sqlite-passage-search.js';

const [folder, collection] = process.argv.slice(2);

async function work(): Promise<void> {
  await using search = new SqlitePassageSearch(folder!);
  await using view = await search.view(collection!, { onProgress: (progress) => process.send?.({ progress }) });
  process.send?.({ passages: view.statistics.passages });
}

work()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => process.disconnect());
