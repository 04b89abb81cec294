import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Hopwise } from '../../../app/hopwise.js';
import { packageRoot } from '../../../src/assets.js';
import { openSqliteStore } from '../../../src/stores/sqlite/index.js';
import { SqlitePassageSearch } from '../../../src/stores/sqlite/search/sqlite-passage-search.js';
import { temporaryFolder } from '../../app/temporary-folder.js';

const MAIN = join(packageRoot(), 'dist', 'app', 'cli', 'main.js');
const WORKER = join(packageRoot(), 'test', 'stores', 'sqlite', 'search-worker.ts');
const COLLECTION = 'default';

const document = (i: number) => ({
  uri: `towns/${i}.md`,
  content: `# Ober${i}dorf\n\nOber${i}dorf is a town on the River Tarn. Its mayor is Ada Weiss${i}. It lies north of Ober${i + 1}dorf, and was founded in ${1400 + i}.`,
});

const QUESTIONS = [
  'Who is the mayor of Ober7dorf?',
  'Which town lies north of Ober31dorf?',
  'River Tarn',
  'founded in 1444',
];

/** Both sources rank alike, to the last bit: these collections are read whole. */
async function agree(hopwise: Hopwise): Promise<void> {
  for (const question of QUESTIONS) {
    const [memory, store] = await Promise.all(
      (['memory', 'store'] as const).map((source) => hopwise.search(question, { source, k: 50 })),
    );
    const ranked = (of: typeof memory) => of!.hits.map(({ id, score }) => [id, score]);
    assert.deepEqual(ranked(store), ranked(memory), question);
  }
}

describe('the search file of the embedded store, shared by processes', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();
  const children: ChildProcess[] = [];

  after(() => {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
    folder.dispose();
  });

  function worker(store: string): ChildProcess {
    const child = fork(WORKER, [store, COLLECTION], { execArgv: ['--import', 'tsx'] });
    children.push(child);
    return child;
  }

  it('is made again by the next when the process that made it was killed, and brought up to date likewise', async () => {
    const store = join(folder.path, 'killed');
    await using hopwise = await Hopwise.open({ store });
    await hopwise.ingestGiven(Array.from({ length: 600 }, (_, i) => document(i)));
    for (let round = 0; round < 2; round++) {
      const child = worker(store);
      const [{ progress }] = (await once(child, 'message')) as [{ progress: { documents: number; of: number } }];
      assert.ok(progress.documents > 0 && progress.documents < progress.of, JSON.stringify(progress));
      child.kill('SIGKILL');
      await once(child, 'exit');
      await using search = new SqlitePassageSearch(store);
      assert.ok(existsSync(search.path(COLLECTION)));
      {
        await using view = await search.view(COLLECTION);
        const { documents, passages } = view.statistics;
        assert.deepEqual([documents, passages], round === 0 ? [600, 600] : [1200, 1200]);
        const titled = await view.names(['ober7dorf', 'ober1100dorf']);
        assert.deepEqual(
          titled.map(({ claims }) => claims.length),
          [1, round],
        );
      }
      const found = await hopwise.search('Who is the mayor of Ober7dorf?', { source: 'store', k: 1 });
      assert.equal(found.hits[0]!.uri, 'towns/7.md');
      if (round === 0) await hopwise.ingestGiven(Array.from({ length: 600 }, (_, i) => document(600 + i)));
    }
  });

  it('serves a reader while another process ingests, and both rank what is stored', async () => {
    const store = join(folder.path, 'busy');
    await using hopwise = await Hopwise.open({ store });
    await hopwise.ingestGiven([document(0)]);
    const seen = new Set<number>();
    for (let round = 0; round < 2; round++) {
      const corpus = join(folder.path, `corpus-${round}`);
      mkdirSync(corpus);
      for (let i = 0; i < 40; i++) {
        const { content } = document(round * 40 + i);
        writeFileSync(join(corpus, `${i}.md`), content);
      }
      const child = spawn(process.execPath, [MAIN, 'ingest', corpus, '--store', store], { stdio: 'ignore' });
      children.push(child);
      const ended = once(child, 'exit') as Promise<[number | null]>;
      let isRunning = true;
      void ended.then(() => {
        isRunning = false;
      });
      while (isRunning) {
        for (const question of QUESTIONS.slice(0, 2)) {
          const { hits } = await hopwise.search(question, { source: 'store', k: 100 });
          assert.ok(hits.length > 0);
          seen.add(hits.length);
          for (const { text, documentId, start, end } of hits.slice(0, 3)) {
            const { text: whole } = await hopwise.document(documentId);
            assert.equal(whole.slice(start, end), text);
          }
        }
        // The other process needs the processor, too.
        await delay(50);
      }
      assert.deepEqual(await ended, [0, null]);
    }
    assert.ok(seen.size >= 2, 'answers came while the collection grew');
    const { collection } = await hopwise.status();
    assert.equal(collection.counts.passages, 81);
    await agree(hopwise);
  });

  it('is brought up to date by one of several processes that ask at once', async () => {
    const store = join(folder.path, 'together');
    {
      await using hopwise = await Hopwise.open({ store });
      await hopwise.ingestGiven(Array.from({ length: 60 }, (_, i) => document(i)));
    }
    const told = await Promise.all(
      [0, 1, 2].map(async () => {
        const child = worker(store);
        const messages: { passages?: number; progress?: unknown }[] = [];
        child.on('message', (message) => messages.push(message as { passages?: number }));
        assert.deepEqual(await once(child, 'exit'), [0, null]);
        return messages;
      }),
    );
    for (const messages of told) assert.equal(messages.at(-1)!.passages, 60);
    assert.equal(told.flat().filter(({ progress }) => progress !== undefined).length, 1);
    await using opened = await openSqliteStore({ folder: store });
    assert.deepEqual(await opened.check(), []);
  });

  it('goes on being made when whoever asked gives up', async () => {
    const store = join(folder.path, 'patience');
    await using hopwise = await Hopwise.open({ store });
    await hopwise.ingestGiven(Array.from({ length: 900 }, (_, i) => document(i)));
    await using search = new SqlitePassageSearch(store);
    const impatient = new AbortController();
    const giveUp = (): void => impatient.abort(new Error('enough'));
    await assert.rejects(search.view(COLLECTION, { signal: impatient.signal, onProgress: giveUp }), /enough/);
    const told: number[] = [];
    await using view = await search.view(COLLECTION, { onProgress: ({ documents }) => void told.push(documents) });
    assert.equal(view.statistics.documents, 900);
    // The first batch was done before: it is not begun anew.
    assert.ok(told[0]! > 400, `told ${JSON.stringify(told)}`);
  });
});
