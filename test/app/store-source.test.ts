import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../app/cli/run-cli.js';
import { Hopwise } from '../../app/hopwise.js';
import { type RunningServer, startServer } from '../../app/http/server.js';
import type { Answer, Filter, SearchResult } from '../../queries/index.js';
import { estimateIndexBytes } from '../../src/index/index-size.js';
import { WORLD } from '../queries/small-world.js';
import { post, problemCode, silent } from './http-client.js';
import { memoryTerminal } from './memory-terminal.js';
import { temporaryFolder } from './temporary-folder.js';

const QUESTION = 'Where was the engineer who designed Skerrow Light born?';

const FILTERS: readonly (readonly [Filter, readonly string[]])[] = [
  [{}, []],
  [{ tags: ['person'] }, ['--tag', 'person']],
  [
    { documents: ['w/port-ellery.md', 'w/skerrow-light.md'] },
    ['--document', 'w/port-ellery.md', '--document', 'w/skerrow-light.md'],
  ],
  [{ metadata: { year: { gte: 1850, lte: 1890 } } }, ['--where', 'year>=1850', '--where', 'year<=1890']],
  [{ tags: ['none'] }, ['--tag', 'none']],
];

const ranked = ({ hits }: SearchResult): readonly (readonly [string, number])[] =>
  hits.map(({ id, score }) => [id, score]);
const said = ({ timings: _, ...answer }: Answer): Omit<Answer, 'timings'> => answer;
/** Which source ranked: the store is read from, the index is matched. */
const sourceOf = ({ timings }: Pick<Answer, 'timings'>): string =>
  'read' in timings ? 'store' : 'match' in timings ? 'memory' : 'neither';

describe('the source of retrieval, by every door', () => {
  const folder = temporaryFolder();
  const store = join(folder.path, 'store');
  let hopwise: Hopwise;
  let server: RunningServer;

  async function http<T>(path: 'search' | 'ask', body: unknown): Promise<T> {
    const response = await post(`${server.url}/v1/${path}`, body);
    assert.equal(response.status, 200);
    return (await response.json()) as T;
  }

  async function cli<T>(...args: readonly string[]): Promise<T> {
    const { terminal, stdout } = memoryTerminal();
    assert.equal(await runCli([...args, '--store', store, '--json'], terminal, new AbortController().signal), 0);
    return JSON.parse(stdout()) as T;
  }

  before(async () => {
    hopwise = await Hopwise.open({ store, http: { port: 0 } });
    await hopwise.ingestGiven(WORLD);
    server = await startServer(hopwise, hopwise.settings.http, silent);
  });
  after(async () => {
    await server.close();
    await hopwise.close();
    folder.dispose();
  });

  for (const [filter, options] of FILTERS) {
    it(`search gives the same from the store as from memory: ${JSON.stringify(filter)}`, async () => {
      const memory = await hopwise.search(QUESTION, { filter, source: 'memory' });
      assert.equal(sourceOf(memory), 'memory');
      const seen = [
        await hopwise.search(QUESTION, { filter, source: 'store' }),
        await http<SearchResult>('search', { query: QUESTION, filter, source: 'store' }),
        await cli<SearchResult>('search', QUESTION, ...options, '--source', 'store'),
      ];
      for (const result of seen) {
        assert.equal(sourceOf(result), 'store');
        assert.deepEqual(ranked(result), ranked(memory));
      }
    });
  }

  it('ask gives the same answer, citations and path from the store', async () => {
    const memory = await hopwise.ask(QUESTION, { source: 'memory' });
    assert.equal(memory.abstained, false);
    const seen = [
      await hopwise.ask(QUESTION, { source: 'store' }),
      await http<Answer>('ask', { question: QUESTION, source: 'store' }),
      await cli<Answer>('ask', QUESTION, '--source', 'store'),
    ];
    for (const answer of seen) {
      assert.equal(sourceOf(answer), 'store');
      assert.deepEqual(said(answer), said(memory));
    }
  });

  it('shows nothing of a disabled or deleted document', async () => {
    const uris = async (): Promise<string[]> => {
      const seen = [
        await hopwise.search('Tobias Renn', { source: 'store' }),
        await http<SearchResult>('search', { query: 'Tobias Renn', source: 'store' }),
        await cli<SearchResult>('search', 'Tobias Renn', '--source', 'store'),
      ];
      for (const result of seen) assert.deepEqual(ranked(result), ranked(seen[0]!));
      return seen[0]!.hits.map(({ uri }) => uri);
    };
    assert.ok((await uris()).includes('w/tobias-renn.md'));
    await hopwise.setEnabled(['w/tobias-renn.md'], false);
    const hidden = await uris();
    assert.ok(!hidden.includes('w/tobias-renn.md') && hidden.length > 0);
    const { citations } = await hopwise.ask('Who is Tobias Renn?', { source: 'store' });
    assert.ok(citations.every(({ uri }) => uri !== 'w/tobias-renn.md'));
    await hopwise.setEnabled(['w/tobias-renn.md'], true);
    assert.ok((await uris()).includes('w/tobias-renn.md'));
    await hopwise.ingestGiven([{ uri: 'passing.md', content: '# Passing\n\nTobias Renn passed by.' }]);
    assert.ok((await uris()).includes('passing.md'));
    await hopwise.delete(['passing.md']);
    assert.ok(!(await uris()).includes('passing.md'));
  });

  it('refuses a source that there is not', async () => {
    const response = await post(`${server.url}/v1/search`, { query: QUESTION, source: 'cellar' });
    assert.equal(response.status, 400);
    assert.equal(await problemCode(response), 'INVALID_REQUEST');
    const { terminal, stderr } = memoryTerminal();
    const args = ['search', QUESTION, '--source', 'cellar', '--store', store];
    assert.equal(await runCli(args, terminal, new AbortController().signal), 2);
    assert.match(stderr(), /memory, store/);
  });

  it('is the store by itself where the index would take more memory than the limit', async () => {
    const [info] = await hopwise.collections();
    const bytes = estimateIndexBytes(info!);
    for (const [maxIndexBytes, expected] of [
      [bytes, 'memory'],
      [bytes - 1, 'store'],
    ] as const) {
      await using limited = await Hopwise.open({ store, limits: { maxIndexBytes }, http: { port: 0 } });
      const door = await startServer(limited, limited.settings.http, silent);
      try {
        assert.equal(sourceOf(await limited.search(QUESTION)), expected);
        assert.equal(sourceOf(await limited.ask(QUESTION)), expected);
        const response = await post(`${door.url}/v1/ask`, { question: QUESTION });
        assert.equal(sourceOf((await response.json()) as Answer), expected);
        // What is asked for goes before the limit.
        for (const source of ['memory', 'store'] as const) {
          assert.equal(sourceOf(await limited.search(QUESTION, { source })), source);
        }
      } finally {
        await door.close();
      }
    }
  });

  it('is chosen by the limit of a config file on the command line, and --explain says which', async () => {
    const before = process.cwd();
    writeFileSync(join(folder.path, '.hopwiserc.json'), JSON.stringify({ limits: { maxIndexBytes: 1 } }));
    process.chdir(folder.path);
    try {
      assert.equal(sourceOf(await cli<Answer>('ask', QUESTION)), 'store');
      assert.equal(sourceOf(await cli<Answer>('ask', QUESTION, '--source', 'memory')), 'memory');
      const { terminal, stdout } = memoryTerminal();
      const args = ['ask', QUESTION, '--explain', '--store', store];
      assert.equal(await runCli(args, terminal, new AbortController().signal), 0);
      assert.match(stdout(), /read \d/);
    } finally {
      process.chdir(before);
    }
  });
});
