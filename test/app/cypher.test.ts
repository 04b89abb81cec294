import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { parse } from 'csv-parse/sync';
import { runCli } from '../../app/cli/run-cli.js';
import { cellText } from '../../app/cypher/cell-text.js';
import { ROWS_FORMATS } from '../../app/cypher/rows-format.js';
import { Hopwise } from '../../app/hopwise.js';
import { packageRoot } from '../../src/assets.js';
import type { CypherNode, CypherRelationship, CypherRows, CypherValue } from '../../src/index.js';
import { memoryTerminal } from './memory-terminal.js';
import { temporaryFolder } from './temporary-folder.js';

const MAIN = join(packageRoot(), 'dist', 'app', 'cli', 'main.js');
const EXAMPLES = join(packageRoot(), 'examples', 'halvard-coast');

const node = (id: string, name: string, more = {}): CypherNode => ({
  kind: 'node',
  id,
  labels: ['Entity', 'Person'],
  properties: { key: id.slice(2), name, ...more },
});
const edge = (from: string, to: string, more = {}): CypherRelationship => ({
  kind: 'relationship',
  type: 'BORN_IN',
  from,
  to,
  properties: { confidence: 1, ...more },
});
const ANA = node('e:ana', 'Ana <"&\u0001\ud800\'>', { mentions: 3, surfaces: ['Ana', 'A'] });
const BO = node('e:bo', 'Bo\r\nB,o', { mentions: 2.5 });

function rows(columns: readonly string[], values: readonly (readonly CypherValue[])[]): CypherRows {
  return {
    columns,
    generation: 4,
    warnings: [{ code: 'CYPHER_ROWS', message: 'cut' }],
    rows: (async function* () {
      yield* values;
    })(),
    [Symbol.asyncDispose]: async () => {},
  };
}

async function text(pieces: AsyncIterable<string>): Promise<string> {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
}

describe('formats of rows', () => {
  it('writes JSON that says what the rows are', async () => {
    const values = [
      [ANA, null, { a: [1, 'x'] }],
      [edge('e:ana', 'e:bo'), '\u2028"', 1.5],
    ];
    assert.deepEqual(JSON.parse(await text(ROWS_FORMATS.json(rows(['a', 'b', 'c'], values)))), {
      columns: ['a', 'b', 'c'],
      generation: 4,
      rows: values,
      warnings: [{ code: 'CYPHER_ROWS', message: 'cut' }],
    });
    assert.deepEqual(JSON.parse(await text(ROWS_FORMATS.json(rows([], []))))['rows'], []);
  });

  it('writes CSV that a reader of CSV gives back, null apart from an empty text', async () => {
    const csv = await text(
      ROWS_FORMATS.csv(
        rows(
          ['a,"b"', 'c', 'd', 'e'],
          [
            ['x\r\n"y",', null, '', true],
            [2, BO, [1], -0.5],
          ],
        ),
      ),
    );
    assert.deepEqual(parse(csv), [
      ['a,"b"', 'c', 'd', 'e'],
      ['x\r\n"y",', '', '', 'true'],
      ['2', JSON.stringify(BO), '[1]', '-0.5'],
    ]);
    assert.ok(csv.includes(',,"",true\r\n2,'), csv);
  });

  it('writes GraphML that a reader of XML gives back: each node and relationship once, ends that no row holds too', async () => {
    const path = { kind: 'path', nodes: [ANA, BO], relationships: [edge('e:ana', 'e:bo')] } as const;
    const values = [
      [ANA, edge('e:ana', 'e:bo')],
      [path, { list: [edge('e:bo', 'e:far', { confidence: 0.5, hedged: true })] }],
      ['no graph', 7],
    ];
    const xml = await text(ROWS_FORMATS.graphml(rows(['a', 'b'], values)));
    const fail = (message: string): never => assert.fail(message);
    const errorHandler = { warning: fail, error: fail, fatalError: fail };
    const document = new DOMParser({ errorHandler }).parseFromString(xml, 'text/xml');
    const elements = (within: Document | Element, tag: string) => Array.from(within.getElementsByTagName(tag));
    const keys = new Map(
      elements(document, 'key').map((key) => [
        key.getAttribute('id'),
        `${key.getAttribute('for')} ${key.getAttribute('attr.name')} ${key.getAttribute('attr.type')}`,
      ]),
    );
    const read = (tag: string) =>
      elements(document, tag).map((element) => ({
        id: element.getAttribute('id'),
        from: element.getAttribute('source'),
        to: element.getAttribute('target'),
        data: Object.fromEntries(
          elements(element, 'data').map((data) => [keys.get(data.getAttribute('key')), data.textContent]),
        ),
      }));
    assert.deepEqual(
      read('node').map(({ id, data }) => [id, data]),
      [
        [
          'e:ana',
          {
            'node labels string': ':Entity:Person',
            'node key string': 'ana',
            'node name string': 'Ana <"&\ufffd\ufffd\'>',
            'node mentions double': '3',
            'node surfaces string': '["Ana","A"]',
          },
        ],
        [
          'e:bo',
          {
            'node labels string': ':Entity:Person',
            'node key string': 'bo',
            'node name string': 'Bo\r\nB,o',
            'node mentions double': '2.5',
          },
        ],
        ['e:far', { 'node labels string': '' }],
      ],
    );
    assert.deepEqual(
      read('edge').map(({ from, to, data }) => [from, to, data]),
      [
        ['e:ana', 'e:bo', { 'edge label string': 'BORN_IN', 'edge confidence double': '1' }],
        [
          'e:bo',
          'e:far',
          { 'edge label string': 'BORN_IN', 'edge confidence double': '0.5', 'edge hedged boolean': 'true' },
        ],
      ],
    );
  });

  it('writes cells on one line, without what a terminal would obey', () => {
    assert.equal(cellText(BO), '(Bo B,o:Entity:Person)');
    assert.equal(cellText(edge('e:a', 'e:b')), '(e:a)-[:BORN_IN]->(e:b)');
    const path = { kind: 'path', nodes: [ANA, BO], relationships: [edge('e:bo', 'e:ana')] } as const;
    assert.equal(cellText({ ...path, nodes: [node('e:ana', 'Ana'), BO] }), '(Ana)<-[:BORN_IN]-(Bo B,o)');
    assert.equal(cellText(['a', 1, null, { k: true }]), '[a, 1, null, {k: true}]');
    assert.equal(cellText('\u001b[31mred\u001b[0m\u202e'), '[31mred [0m');
    assert.equal(cellText('x'.repeat(200)).length, 100);
  });
});

describe('hopwise cypher', () => {
  const folder = temporaryFolder();
  const store = join(folder.path, 'store');

  async function run(args: readonly string[], input = ''): Promise<{ code: number; out: string; err: string }> {
    const { terminal, stdout, stderr } = memoryTerminal(input);
    const code = await runCli(['cypher', ...args, '--store', store], terminal, new AbortController().signal);
    return { code, out: stdout(), err: stderr() };
  }

  before(async () => {
    await using hopwise = await Hopwise.open({ store });
    await hopwise.ingest(EXAMPLES);
  });
  after(() => folder.dispose());

  it('shows a table for people', async () => {
    const { code, out, err } = await run(['MATCH (d:Document) RETURN count(d) AS documents']);
    assert.deepEqual({ code, out }, { code: 0, out: 'documents\n       19\n' });
    assert.match(err, /1 rows, generation \d+/);
  });

  it('takes parameters: texts, numbers, lists', async () => {
    const statement = 'MATCH (e:Entity) WHERE e.name IN $names RETURN e.name AS name, $n AS n ORDER BY name';
    const args = [statement, '--param', 'names=["Ines Marlowe", "Tobias Renn"]', '--param', 'n=3', '--json'];
    const { code, out } = await run(args);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out).rows, [
      ['Ines Marlowe', 3],
      ['Tobias Renn', 3],
    ]);
  });

  it('reads a statement from a file or standard input', async () => {
    const file = join(folder.path, 'count.cypher');
    writeFileSync(file, '// counts\nMATCH (d:Document)\nRETURN count(d) AS n;\n');
    assert.equal((await run(['--file', file, '--format', 'csv'])).out, '"n"\r\n19\r\n');
    assert.equal((await run(['--file', '-', '--format', 'csv'], 'RETURN 1 AS n')).out, '"n"\r\n1\r\n');
  });

  it('warns when rows are cut', async () => {
    const { code, out, err } = await run(['MATCH (e:Entity) RETURN e.key AS key', '--limit', '2', '--format', 'csv']);
    assert.equal(code, 0);
    assert.equal(out.trimEnd().split('\r\n').length, 3);
    assert.match(err, /more rows than the limit of 2/);
  });

  // As processes: what runs Cypher is loaded late, and the loader of the tests gives it classes of its own.
  for (const [code, ...args] of [
    ['CYPHER_WRITE_REFUSED', 'MATCH (n) DETACH DELETE n'],
    ['CYPHER_SYNTAX', 'MATCH (n) RETURN n RETURN'],
    ['CYPHER_PARAMETER', 'RETURN $x'],
    ['CYPHER_PARAMETER', 'RETURN $collection AS c', '--param', 'collection=other'],
    ['NO_STATEMENT'],
    ['NO_STATEMENT', 'RETURN 1', '--file', 'x'],
    ['FILE_NOT_OPENED', '--file', 'none.cypher'],
    ['OVER_LIMIT', 'RETURN 1', '--limit', '1000000'],
    ['OVER_LIMIT', 'RETURN 1', '--timeout', '3600'],
    ['USAGE', 'RETURN 1', '--timeout', 'soon'],
    ['USAGE', 'RETURN 1', '--param', 'x=[1'],
  ] as const) {
    it(`ends with the exit code of wrong use: ${code} ${args.join(' ')}`, () => {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [MAIN, 'cypher', ...args, '--store', store, '--json'],
        { cwd: folder.path, encoding: 'utf8' },
      );
      assert.equal(JSON.parse(stderr).error.code, code);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    });
  }

  it('leaves nothing of a deleted document on the disk', async () => {
    await using hopwise = await Hopwise.open({ store });
    const lenses = () => readdirSync(store).filter((name) => name.startsWith('lens-'));
    assert.equal(lenses().length, 1);
    const [first] = (await hopwise.documentPage({ limit: 1 })).items;
    await hopwise.delete([first!.document.id]);
    assert.deepEqual(lenses(), []);
    await using result = await hopwise.cypher('MATCH (d:Document) RETURN count(d)');
    for await (const row of result.rows) assert.deepEqual(row, [18]);
  });
});
