import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCli } from '../../app/cli/run-cli.js';
import { Hopwise } from '../../app/hopwise.js';
import { type RunningServer, startServer } from '../../app/http/server.js';
import type { Filter, SearchResult } from '../../queries/index.js';
import { packageRoot } from '../../src/assets.js';
import { isAbort } from '../../src/index.js';
import { silent } from './http-client.js';
import { memoryTerminal } from './memory-terminal.js';
import { temporaryFolder } from './temporary-folder.js';

const DOCUMENTS = [
  { uri: 'alba', date: '2023-04-02', tags: ['law'], metadata: { year: 1990, author: 'Ana' } },
  { uri: 'bern', date: '2024-05-17', tags: ['law', 'old'], metadata: { year: 2001, author: 'Ben' } },
  { uri: 'cham', date: '2024-06-01', tags: [], metadata: { year: 2010, author: 'Ana' } },
] as const;

/** Each filter as the library and HTTP take it, as the command line writes it, and what it lets through. */
const FILTERS: readonly (readonly [Filter, readonly string[], readonly string[]])[] = [
  [{}, [], ['alba', 'bern', 'cham']],
  [{ documents: ['bern', 'cham'] }, ['--document', 'bern', '--document', 'cham'], ['bern', 'cham']],
  [{ tags: ['law', 'old'] }, ['--tag', 'law', '--tag', 'old'], ['bern']],
  [{ metadata: { author: 'Ana' } }, ['--where', 'author=Ana'], ['alba', 'cham']],
  [
    { metadata: { year: { gte: 1990, lte: 2001 } } },
    ['--where', 'year>=1990', '--where', 'year<=2001'],
    ['alba', 'bern'],
  ],
  [{ dateFrom: '2024-05', dateTo: '2024-05' }, ['--from', '2024-05', '--to', '2024-05'], ['bern']],
  [{ dateFrom: '2024', metadata: { author: 'Ana' } }, ['--from', '2024', '--where', 'author=Ana'], ['cham']],
  [{ tags: ['none'] }, ['--tag', 'none'], []],
];

describe('the three doors', () => {
  const folder = temporaryFolder();
  const store = join(folder.path, 'store');
  let hopwise: Hopwise;
  let server: RunningServer;

  before(async () => {
    hopwise = await Hopwise.open({ store, http: { port: 0 } });
    await hopwise.ingestGiven(
      DOCUMENTS.map(({ uri, date, tags, metadata }) => ({
        uri,
        content: `The council of ${uri} met at the town hall.`,
        mediaType: 'text/plain',
        tags,
        metadata: { ...metadata, date },
      })),
    );
    server = await startServer(hopwise, hopwise.settings.http, silent);
  });
  after(async () => {
    await server.close();
    await hopwise.close();
    folder.dispose();
  });

  for (const [filter, options, expected] of FILTERS) {
    it(`bound a question alike: ${JSON.stringify(filter)}`, async () => {
      const query = 'council of the town hall';
      const byLibrary = await hopwise.search(query, { filter });
      const body = JSON.stringify({ query, filter });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${server.url}/v1/search`, { method: 'POST', headers, body });
      const { terminal, stdout } = memoryTerminal();
      const args = ['search', query, ...options, '--store', store, '--json'];
      assert.equal(await runCli(args, terminal, new AbortController().signal), 0);
      const seen = [byLibrary, (await response.json()) as SearchResult, JSON.parse(stdout()) as SearchResult];
      for (const { hits } of seen) assert.deepEqual(hits.map(({ uri }) => uri).sort(), expected);
      const scores = seen.map(({ hits }) => hits.map(({ id, score }) => [id, score]));
      assert.deepEqual(scores[1], scores[0]);
      assert.deepEqual(scores[2], scores[0]);
      const { passages } = await hopwise.ask(query, { filter });
      assert.deepEqual(
        passages.map(({ documentId }) => documentId).sort(),
        byLibrary.hits.map(({ documentId }) => documentId).sort(),
      );
    });
  }

  it('give up every long call of the library when its signal is aborted', async () => {
    const signal = AbortSignal.abort();
    async function* lines(): AsyncIterable<string> {
      yield* hopwise.export();
    }
    const drain = async (items: AsyncIterable<unknown>): Promise<void> => {
      for await (const _ of items);
    };
    const calls: Record<string, () => Promise<unknown>> = {
      ask: () => hopwise.ask('x', { signal }),
      askStream: () => drain(hopwise.askStream('x', { signal })),
      search: () => hopwise.search('x', { signal }),
      ingest: () => hopwise.ingest(folder.path, { signal }),
      ingestGiven: () => hopwise.ingestGiven([{ uri: 'x.txt', content: 'x' }], { signal }),
      documents: () => drain(hopwise.documents({ signal })),
      reembed: () => hopwise.reembed({ signal }),
      export: () => drain(hopwise.export({ signal })),
      import: () => hopwise.import(lines(), { collection: 'copy', signal }),
    };
    for (const [name, call] of Object.entries(calls)) await assert.rejects(call, isAbort, name);
    assert.deepEqual(
      (await hopwise.collections()).map(({ name, counts }) => [name, counts.documents]),
      [['default', DOCUMENTS.length]],
    );
  });

  it('do nothing when the library is only imported', async () => {
    const before = readdirSync(folder.path);
    const entry = pathToFileURL(join(packageRoot(), 'dist', 'app', 'index.js')).href;
    const code = `const { Hopwise } = await import(${JSON.stringify(entry)}); console.log(typeof Hopwise.open)`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { cwd: folder.path });
    let seen = '';
    child.stdout.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    const [exit] = (await once(child, 'close')) as [number | null];
    assert.deepEqual({ exit, seen }, { exit: 0, seen: 'function\n' });
    assert.deepEqual(readdirSync(folder.path), before, 'nothing is written');
  });
});
