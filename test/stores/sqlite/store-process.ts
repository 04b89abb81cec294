/** A second process of the tests: `tsx store-process.ts ROLE FOLDER`; tells its parent by IPC what it did. */
import type { GraphStore } from '../../../src/ports/index.js';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';

const [role = '', folder = ''] = process.argv.slice(2);
const tell = (message: object) => process.send?.(message);

/** Reads until told to stop; every read must show one whole generation, in which all titles are equal. */
async function read(store: GraphStore): Promise<void> {
  let stopped = false;
  process.once('message', () => {
    stopped = true;
  });
  const seen = new Set<number>();
  while (!stopped) {
    const changes = await store.changes('c', 0);
    const titles = new Set<string>();
    let documents = 0;
    for await (const { document } of changes.put) {
      titles.add(document.title);
      documents++;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (titles.size !== 1 || !titles.has(`generation ${changes.generation}`) || documents !== 5)
      tell({ torn: [changes.generation, ...titles] });
    if (!seen.has(changes.generation)) tell({ seen: changes.generation });
    seen.add(changes.generation);
  }
}

/** Takes the right to write and stays in the middle of a transaction until killed. */
async function hang(store: GraphStore): Promise<void> {
  const lease = await store.acquireWriter({ waitMs: 0 });
  async function* endless(): AsyncGenerator<string> {
    let lines = 0;
    for await (const line of store.export('c')) {
      if (++lines === 9) {
        tell({ writing: true });
        await new Promise(() => setInterval(() => undefined, 1000));
      }
      yield line;
    }
  }
  await store.import(lease, 'half', endless());
}

/** Takes the right to write and keeps it until told. */
async function hold(store: GraphStore): Promise<void> {
  const lease = await store.acquireWriter({ waitMs: 0 });
  const told = new Promise((resolve) => process.once('message', resolve));
  tell({ held: true });
  await told;
  await lease.release();
}

const store = await openSqliteStore({ folder });
await new Map(Object.entries({ read, hang, hold })).get(role)?.(store);
await store.close();
process.disconnect();
