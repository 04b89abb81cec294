import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { runCli } from '../../app/cli/run-cli.js';
import { packageRoot } from '../../src/assets.js';
import { memoryTerminal } from './memory-terminal.js';
import { temporaryFolder } from './temporary-folder.js';

const QUESTION = 'Who designed the lighthouse that Ines Marlowe kept?';

function parsed(xml: string): Document {
  const errorHandler = (level: string, message: unknown): never => assert.fail(`${level}: ${String(message)}`);
  return new DOMParser({ errorHandler }).parseFromString(xml, 'text/xml');
}

describe('hopwise graph', () => {
  const folder = temporaryFolder();
  const store = join(folder.path, 'store');
  const file = (name: string): string => join(folder.path, name);

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const { terminal, stdout, stderr } = memoryTerminal();
    const code = await runCli([...args, '--store', store], terminal, new AbortController().signal);
    return { code, out: stdout(), err: stderr() };
  }

  before(async () => {
    const { code } = await run('ingest', join(packageRoot(), 'examples', 'halvard-coast'));
    assert.equal(code, 0);
  });
  after(() => folder.dispose());

  it('draws the neighbourhood of an entity as SVG with title, description, legend and predicates', async () => {
    const { code, out } = await run('graph', 'the ines MARLOWE', '--limit', '20', '--out', file('a.svg'));
    assert.equal(code, 0);
    assert.match(out, /a\.svg: Ines Marlowe, 20 nodes, \d+ links/);
    const svg = readFileSync(file('a.svg'), 'utf8');
    const root = parsed(svg).documentElement;
    assert.equal(root.getElementsByTagName('title')[0]?.textContent, 'Ines Marlowe');
    assert.match(root.getElementsByTagName('desc')[0]?.textContent ?? '', /Ines Marlowe be born in Tolland/);
    assert.match(svg, />be keeper of</);
    assert.match(svg, />12 May 1871</);
    assert.equal(svg.match(/<g class="node /g)?.length, 20);
    assert.doesNotMatch(svg, /<script|href=/);
  });

  it('draws the same picture every time, and nothing of chance', async () => {
    const draw = async (format: string): Promise<string> =>
      (await run('graph', 'Norhaven', '--hops', '2', '--limit', '60', '--format', format)).out;
    for (const format of ['svg', 'html', 'graphml', 'gexf']) {
      const first = await draw(format);
      assert.ok(first.length > 10_000);
      assert.equal(await draw(format), first, format);
    }
  });

  it('writes GEXF and GraphML that parse, with every node, edge, type, weight and place', async () => {
    for (const format of ['gexf', 'graphml']) {
      const { out } = await run('graph', 'Tobias Renn', '--json', '--format', format, '--limit', '15');
      const { content, nodes, edges } = JSON.parse(out) as { content: string; nodes: number; edges: number };
      const xml = parsed(content);
      assert.equal(nodes, 15);
      assert.equal(xml.getElementsByTagName('node').length, nodes, format);
      assert.equal(xml.getElementsByTagName('edge').length, edges, format);
      assert.match(
        content,
        /Tobias Renn · be born in · Port Ellery \(halvard-coast\/tobias-renn\.txt, characters \d+-\d+\)/,
      );
      assert.match(content, /#009e73|r="0" g="158" b="115"/);
    }
  });

  it('shows neighbours of the types asked for only', async () => {
    const { out } = await run('graph', 'Ines Marlowe', '--type', 'place,organisation', '--format', 'graphml');
    const types = [...out.matchAll(/<data key="node-type">(\w+)</g)].map(([, type]) => type);
    assert.ok(types.length > 3);
    assert.deepEqual(new Set(types), new Set(['person', 'place', 'organisation']));
    assert.equal(types.filter((type) => type === 'person').length, 1, 'the entity itself');
    const wrong = await run('graph', 'Ines Marlowe', '--type', 'animal');
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /"animal" is none of person/);
  });

  it('goes further with more hops', async () => {
    const ids = async (hops: string): Promise<Set<string>> => {
      const { out } = await run('graph', 'Silver Oar', '--hops', hops, '--limit', '60', '--format', 'graphml');
      return new Set([...out.matchAll(/<node id="([^"]+)"/g)].map(([, id]) => id!));
    };
    const [one, two] = [await ids('1'), await ids('2')];
    assert.ok(one.has('e:ines marlowe') && !one.has('e:port ellery'));
    assert.ok(two.has('e:port ellery'));
  });

  it('draws the path of an answer', async () => {
    const { out } = await run('graph', QUESTION, '--json', '--format', 'svg');
    const { title, subtitle, content } = JSON.parse(out) as { title: string; subtitle: string; content: string };
    assert.equal(title, QUESTION);
    assert.match(subtitle, /Tobias Renn/);
    assert.match(content, /class="node question"/);
    assert.match(content, /class="node document"/);
    assert.match(content, /data-id="e:tobias renn"/);
    assert.match(content, />\[1\] passage \d/);
  });

  it('names the nearest when an entity is unknown, and refuses what it cannot draw', async () => {
    const unknown = await run('graph', 'Ines Marlow');
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /ENTITY_NOT_FOUND/);
    assert.match(unknown.err, /Did you mean "Ines Marlowe"/);
    assert.equal(unknown.out, '');
    for (const [args, code] of [
      [['--out', 'x.png'], 'UNKNOWN_GRAPH_FORMAT'],
      [['--hops', '9'], 'BAD_GRAPH_OPTION'],
      [['--limit', '100000'], 'BAD_GRAPH_OPTION'],
      [['--collection', 'none'], 'COLLECTION_UNKNOWN'],
    ] as const) {
      const refused = await run('graph', 'Ines Marlowe', ...args);
      assert.notEqual(refused.code, 0);
      assert.match(refused.err, new RegExp(code));
    }
  });
});
