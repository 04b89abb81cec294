import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { backup, DatabaseSync } from '@photostructure/sqlite';
import { Hopwise } from '../../app/hopwise.js';
import { packageRoot } from '../../src/assets.js';
import { openSqliteStore } from '../../src/stores/sqlite/index.js';
import { all } from '../contract/opened-store.js';
import { temporaryFolder } from './temporary-folder.js';

const MAIN = join(packageRoot(), 'dist', 'app', 'cli', 'main.js');
const LINES = 250;

/** Means of copying a SQLite file that is being written: hopwise's, and two of SQLite's own. */
const MEANS: Readonly<Record<string, (store: string, file: string) => Promise<unknown>>> = {
  'hopwise backup': async (store, file) => {
    await using hopwise = await Hopwise.open({ store, create: false });
    await hopwise.backup(file);
  },
  'VACUUM INTO': async (store, file) => {
    const database = new DatabaseSync(join(store, 'store.sqlite'), { readOnly: true });
    database.prepare('VACUUM INTO ?').run(file);
    database.close();
  },
  // What `.backup` of the sqlite3 command calls: pages by turns, from the beginning again when another process writes.
  'online backup': async (store, file) => {
    const database = new DatabaseSync(join(store, 'store.sqlite'));
    await backup(database, file);
    database.close();
  },
};

describe('backup of a SQLite file while another process ingests', () => {
  const folder = temporaryFolder();
  const corpus = join(folder.path, 'towns.jsonl');
  const store = join(folder.path, 'store');

  async function body(path: string): Promise<string[]> {
    await using hopwise = await Hopwise.open({ store: path, create: false });
    return (await all(hopwise.export())).slice(1);
  }

  async function documents(path: string): Promise<number> {
    await using hopwise = await Hopwise.open({ store: path, create: false });
    return (await hopwise.collections())[0]?.counts.documents ?? 0;
  }

  before(() => {
    const line = (i: number): string =>
      JSON.stringify({
        id: String(i),
        title: `Ober${i}dorf`,
        text: `Ober${i}dorf is a town on the River Tarn. Its mayor is Ada Weiss${i}. It lies north of Ober${i + 1}dorf, and was founded in ${1400 + i}.`,
      });
    writeFileSync(corpus, `${Array.from({ length: LINES }, (_, i) => line(i)).join('\n')}\n`);
  });
  after(() => folder.dispose());

  it('gives a whole store by every means, from which the same ingest goes on to the same end', async () => {
    const ingest = spawn(process.execPath, [MAIN, 'ingest', corpus, '--store', store, '--batch', '5'], {
      stdio: 'ignore',
    });
    const ended = once(ingest, 'exit');
    try {
      while (!existsSync(join(store, 'store.sqlite'))) await delay(5);
      while ((await documents(store).catch(() => 0)) === 0) await delay(5);
      for (const [name, copy] of Object.entries(MEANS)) {
        const target = join(folder.path, name.replaceAll(' ', '-'));
        mkdirSync(target);
        await copy(store, join(target, 'store.sqlite'));
        assert.deepEqual(readdirSync(target), ['store.sqlite'], `${name} leaves one file`);
      }
    } finally {
      const [code] = (await ended) as [number | null];
      assert.equal(code, 0, 'the ingest is not disturbed');
    }
    const whole = await body(store);
    const counts: number[] = [];
    for (const name of Object.keys(MEANS)) {
      const target = join(folder.path, name.replaceAll(' ', '-'));
      const restored = await openSqliteStore({ folder: target });
      assert.deepEqual(await restored.check(), [], `${name} is sound`);
      await restored.close();
      counts.push(await documents(target));
      await using hopwise = await Hopwise.open({ store: target });
      const { added, unchanged } = await hopwise.ingest(corpus);
      assert.deepEqual({ added, unchanged }, { added: LINES - counts.at(-1)!, unchanged: counts.at(-1)! });
      assert.deepEqual((await all(hopwise.export())).slice(1), whole, `${name}, and the ingest gone on`);
    }
    assert.ok(counts[0]! > 0 && counts[0]! < LINES, `the first copy was made in the middle: ${counts}`);
    assert.deepEqual(
      counts,
      counts.toSorted((a, b) => a - b),
      'each shows a later moment than the one before',
    );
  });
});
