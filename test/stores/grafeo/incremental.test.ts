import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { GraphBuild } from '../../../src/stores/grafeo/build-graph.js';
import { BuildState } from '../../../src/stores/grafeo/build-state.js';
import { loadGrafeo } from '../../../src/stores/grafeo/grafeo-engine.js';
import { lensDocument } from '../../../src/stores/grafeo/lens-document.js';
import { GRAPH_FILE, STATE_FILE } from '../../../src/stores/grafeo/lens-files.js';
import { runStatement } from '../../../src/stores/grafeo/run-statement.js';
import { type Made, made, relation } from '../../contract/fixtures.js';

const URIS = ['a', 'b', 'c', 'd', 'e'];
const KEYS = ['k1', 'k2', 'k3', 'v1', 'nul\0key', 'ключ'];
const TYPES = ['person', 'place', 'date', 'other'] as const;

const mention = fc.record({
  key: fc.constantFrom(...KEYS),
  surface: fc.constantFrom('S', 's', 'T'),
  type: fc.constantFrom(...TYPES),
  about: fc.boolean(),
});
const mentions = fc.uniqueArray(mention, { selector: ({ key }) => key, maxLength: 3 });
const statement = fc
  .tuple(fc.constantFrom(...KEYS), fc.constantFrom('be born in', 'zz', 'found'), fc.constantFrom(...KEYS))
  .map(([a, predicate, b]) => relation(a, predicate, b));
const passage = fc.record({
  text: fc.constantFrom('one', 'two', 'three'),
  mentions,
  relations: fc.array(statement, { maxLength: 3 }),
});
const document = fc.record({
  uri: fc.constantFrom(...URIS),
  title: fc.constantFrom('t', 'u'),
  enabled: fc.boolean(),
  passages: fc.array(passage, { minLength: 1, maxLength: 3 }),
});
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ put: document }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.constantFrom(...URIS) }) },
  { weight: 2, arbitrary: fc.record({ fold: fc.constantFrom(...URIS), mentions }) },
);

type Held = Map<string, Made>;

const documentOf = ({ stored, mentions: its }: Made) =>
  lensDocument(stored, its, { id: stored.document.id, generation: 7, characters: stored.text.length });

const folderOf = (root: string, name: string): string => {
  const folder = join(root, name);
  mkdirSync(folder);
  return folder;
};

const finish = (build: GraphBuild) =>
  build.finish({ collection: 'c', name: 'c', generation: 1, embedder: 'test/4', dimensions: 4, failures: 0 });

/** Everything that the graph file shows, in an order of its own. */
async function shown(folder: string): Promise<string[]> {
  const database = loadGrafeo().openReadOnly(join(folder, GRAPH_FILE));
  try {
    const lines: string[] = [];
    for (const statement of [
      'MATCH (n) RETURN n',
      'MATCH ()-[r]->() RETURN r',
      'MATCH (e:Entity) WHERE e.key STARTS WITH "k" RETURN e.key, e.name, e.passages, size([(p)-[:MENTIONS]->(e) | p])',
      'MATCH (v:Value {key: "v1"}) RETURN v.name, v.type',
      'MATCH (a:Entity {key: "k1"})-[r:BORN_IN]->(b) RETURN b.key, r.passage, r.position',
    ]) {
      const rows = await runStatement(database, { statement, limited: undefined, params: {}, rows: 100_000 });
      for (;;) {
        const piece = rows.next();
        lines.push(...piece.rows.map((row) => JSON.stringify(row)));
        if (piece.done) break;
      }
    }
    return lines.sort();
  } finally {
    database.close();
  }
}

async function whole(folder: string, held: Held) {
  const build = new GraphBuild(folder, 'c', false, () => {});
  for (const one of held.values()) await build.put(documentOf(one));
  return finish(build);
}

describe('a graph file brought up to date', () => {
  it('shows what one built from nothing shows, whatever was put, removed and folded', async function () {
    this.timeout(120_000);
    const sequence = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(document, { maxLength: 4 }), sequence, async (start, updates) => {
        const root = mkdtempSync(join(tmpdir(), 'hopwise-graph-'));
        try {
          const held: Held = new Map(start.map((spec) => [spec.uri, made('c', spec)]));
          let folder = folderOf(root, 'base');
          await whole(folder, held);
          for (const [i, steps] of updates.entries()) {
            const next = join(root, `update-${i}`);
            cpSync(folder, next, { recursive: true });
            folder = next;
            const build = new GraphBuild(folder, 'c', true, () => {});
            for (const one of steps) await apply(build, held, one);
            const counts = await finish(build);
            const fresh = folderOf(root, `fresh-${i}`);
            assert.deepEqual(counts, await whole(fresh, held));
            assert.deepEqual(await shown(folder), await shown(fresh));
          }
        } finally {
          rmSync(root, { recursive: true, force: true });
        }
      }),
      { numRuns: 25 },
    );
  });

  it('keeps what it must know of each key beside the file', async () => {
    const root = mkdtempSync(join(tmpdir(), 'hopwise-graph-'));
    try {
      const one = made('c', {
        uri: 'a',
        passages: [{ text: 'x', mentions: ['nul\0key'], relations: [relation('p', 'q', 'r')] }],
      });
      await whole(root, new Map([['a', one]]));
      const state = new BuildState(join(root, STATE_FILE));
      assert.deepEqual(state.key('nul\0key')?.labels, ['Entity']);
      assert.deepEqual(state.key('p')?.labels, ['Value', 'Person']);
      assert.equal(state.document(one.stored.document.id)?.statements.length, 1);
      state.begin();
      state.finish();
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function apply(build: GraphBuild, held: Held, one: Step): Promise<void> {
  if ('put' in one) {
    const document = made('c', one.put);
    held.set(one.put.uri, document);
    await build.put(documentOf(document));
  } else if ('remove' in one) {
    const document = held.get(one.remove);
    held.delete(one.remove);
    if (document !== undefined) await build.remove(document.stored.document.id);
  } else {
    const document = held.get(one.fold);
    if (document === undefined) return;
    const { passage: first } = document.stored.passages[0]!;
    const folded = made('c', { uri: 'z', passages: [{ text: 'one', mentions: one.mentions }] });
    const its = [...folded.mentions.values()][0]!;
    held.set(one.fold, { ...document, mentions: new Map([...document.mentions, [first.id, its]]) });
    await build.mention({ documentId: document.stored.document.id, passageId: first.id, mentions: its });
  }
}
