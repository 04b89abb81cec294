import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runCli } from '../../../app/cli/run-cli.js';
import { type BookQuery, bookParams, findBookQuery, readQueryBook } from '../../../queries/index.js';
import { parseBookQuery } from '../../../queries/query-book.js';
import { packageRoot, queryBookPath } from '../../../src/assets.js';
import type { CypherLens, CypherValue, GraphStore } from '../../../src/index.js';
import { GrafeoLens } from '../../../src/stores/grafeo/index.js';
import { openSqliteStore } from '../../../src/stores/sqlite/open-sqlite-store.js';
import { memoryTerminal } from '../../app/memory-terminal.js';
import { temporaryFolder } from '../../app/temporary-folder.js';
import { COLLECTION, makeBookWorld, runBookQuery } from './book-world.js';

describe('query book on the embedded store', () => {
  const folder = temporaryFolder();
  const path = join(folder.path, 'store');
  let book: readonly BookQuery[];
  let store: GraphStore;
  let lens: CypherLens;

  before(async () => {
    book = await readQueryBook(queryBookPath());
    await makeBookWorld(path);
    store = await openSqliteStore({ folder: path, create: false });
    lens = new GrafeoLens({ store, folder: path, maxChars: 20_000 });
  });
  after(async () => {
    await lens[Symbol.asyncDispose]();
    await store.close();
    folder.dispose();
  });

  const rowsOf = async (name: string, given?: Record<string, string | number>) =>
    (await runBookQuery(lens, findBookQuery(book, name), given)).rows;
  const has = (rows: readonly (readonly CypherValue[])[], ...cells: readonly CypherValue[]) =>
    assert.ok(
      rows.some((row) =>
        cells.every((cell, i) => cell === undefined || JSON.stringify(row[i]) === JSON.stringify(cell)),
      ),
      `${JSON.stringify(cells)} in ${JSON.stringify(rows)}`,
    );

  it('holds at least twenty queries whose headers tell the truth of their columns and parameters', async () => {
    assert.ok(book.length >= 20, `${book.length} queries`);
    for (const query of book) {
      const { columns, rows } = await runBookQuery(lens, query);
      assert.deepEqual(
        columns,
        query.columns.map(({ name }) => name),
        query.name,
      );
      assert.ok(rows.length > 0, `${query.name} has rows`);
      const used = new Set([...query.cypher.matchAll(/\$(\w+)/g)].map(([, name]) => name!));
      used.delete('collection');
      assert.deepEqual([...used].sort(), query.params.map(({ name }) => name).sort(), query.name);
      assert.match(query.example, new RegExp(`^hopwise book run ${query.name}( --param \\w+=("[^"]*"|\\S+))*$`));
      for (const { name, default: value } of query.params)
        if (value === undefined) assert.match(query.example, new RegExp(`--param ${name}=`), query.name);
      assert.match(query.question, /\?$/);
      assert.match(query.cypher, /ORDER BY/, `${query.name} has an order`);
    }
  });

  it('answers what the headers ask', async () => {
    has(await rowsOf('most-connected', { limit: 1 }), 'Ines Marlowe', 'person');
    has(await rowsOf('contradictions'), 'Ines Marlowe', 'be born in', ['Norhaven', 'Tolland'], 2);
    has(await rowsOf('confirmed-facts'), 'Tobias Renn', 'be born in', 'Port Ellery', 2, 2);
    const single = await rowsOf('single-source-facts', { least: 0 });
    assert.ok(!single.some(([a, p, b]) => a === 'Tobias Renn' && p === 'be born in' && b === 'Port Ellery'));
    has(single, 'Ines Marlowe', 'be keeper of', 'Skerrow Light');
    has(await rowsOf('sources-of'), 'Port Ellery', 'talk/rumours.txt');
    has(await rowsOf('hidden-documents'), 'talk/hidden.txt', false);
    has(await rowsOf('documents-apart'), 'talk/alone.txt', 'Alone');
    has(await rowsOf('orphans', { limit: 1000 }), 'Anse Maid');
    assert.ok((await rowsOf('doubted')).some(([, , , negated, hedged]) => negated === true || hedged === true));
    has(await rowsOf('changed-since', { generation: 1 }), 3, 'talk/hidden.txt');
    assert.deepEqual(await rowsOf('changed-since', { generation: 99 }), []);
    const [[steps, names]] = (await rowsOf('how-linked')) as [[number, string[]]];
    assert.ok(steps <= 3);
    assert.deepEqual([names[0], names.at(-1)], ['Ines Marlowe', 'Port Ellery']);
    const years = (await rowsOf('timeline')).map(([year]) => Number(year));
    assert.ok(years.length > 3);
    assert.deepEqual(
      years,
      [...years].sort((a, b) => a - b),
    );
  });

  it('leads from an edge to the characters of its document', async () => {
    const rows = await rowsOf('provenance');
    assert.ok(rows.length >= 2);
    for (const [, uri, , from, to, evidence] of rows) {
      const record = (await store.documentByUri(COLLECTION, String(uri)))!;
      const { text } = (await store.document(COLLECTION, record.id))!;
      assert.equal(text.slice(Number(from), Number(to)), evidence);
    }
  });

  it('is shipped with the package', () => {
    const { files } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { files: string[] };
    assert.ok(files.includes(relative(packageRoot(), queryBookPath()).replaceAll('\\', '/')));
  });

  it('checks parameters by the header', () => {
    const query = parseBookQuery(
      'sample',
      '// title: T\n// question: Q?\n// param who key: Name.\n// param n integer = 3: N.\n// param s string[] = ["a: b"]: S.\n// column c: C.\n// example: hopwise book run sample\nRETURN $who AS c\n',
    );
    assert.deepEqual(bookParams(query, { who: 'The Ada  LOVELACE' }), { who: 'ada lovelace', n: 3, s: ['a: b'] });
    for (const given of [{}, { who: 'a', n: 1.5 }, { who: 'a', x: 1 }, { who: 'a', s: [1] }])
      assert.throws(() => bookParams(query, given as never), { name: 'UsageError', code: 'BOOK_PARAMETER' });
    assert.throws(() => parseBookQuery('x', '// title T\nRETURN 1'), { code: 'BOOK_BROKEN' });
  });

  it('lists, explains and runs on the command line', async () => {
    const run = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
      const { terminal, stdout, stderr } = memoryTerminal();
      const code = await runCli(args, terminal, new AbortController().signal);
      return { code, out: stdout(), err: stderr() };
    };
    const at = ['--store', path, '--collection', COLLECTION];
    assert.match((await run('book')).out, /timeline +What is dated of an entity/);
    assert.match((await run('book', 'show', 'timeline')).out, /entity name, must be given .*\n(.*\n)+MATCH \(e:Entity/);
    const { out } = await run('book', 'run', 'values-of', '--param', 'predicate=be born in', '--format', 'csv', ...at);
    assert.match(out, /^"value","type","subjects","names"\r?\n/);
    assert.match(out, /"Port Ellery","place","?1"?/);
    assert.equal((await run('book', 'run', 'nothing', ...at)).code, 1);
    const refused = await run('book', 'run', 'timeline', ...at);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /"entity" is missing/);
  });
});
