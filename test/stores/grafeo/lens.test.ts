import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CypherNode, LensProgress, WriterLease } from '../../../src/ports/index.js';
import { EMBEDDER, made, put, relation, remove } from '../../contract/fixtures.js';
import { OPTIONS, rowsOf, type TemporaryLens, temporaryLens } from './temporary-lens.js';

const DOCUMENTS = 'MATCH (d:Document) RETURN d.uri ORDER BY d.uri';

const document = (uri: string, ...keys: string[]) =>
  made('c', {
    uri,
    passages: [
      { text: `first of ${uri}`, mentions: keys, relations: [relation(keys[0] ?? 'x', 'be born in', 'y')] },
      { text: `second of ${uri}`, mentions: keys.slice(0, 1) },
    ],
  });

/** Runs `test` with the collection `c`, the lease and a lens. */
function withLens(
  test: (temporary: TemporaryLens, lease: WriterLease) => Promise<void>,
  options: Parameters<typeof temporaryLens>[0] = {},
): () => Promise<void> {
  return async () => {
    await using temporary = await temporaryLens(options);
    await using lease = await temporary.store.acquireWriter({ waitMs: 0 });
    await lease.createCollection('c', EMBEDDER);
    await test(temporary, lease);
  };
}

const graphFolder = ({ folder }: TemporaryLens): string =>
  join(folder, readdirSync(folder).find((name) => name.startsWith('lens-')) ?? 'none');

describe('the lens', () => {
  it(
    'follows every write, and never shows what was deleted',
    withLens(async ({ lens }, lease) => {
      const [a, b] = [document('a', 'k', 'l'), document('b', 'k')];
      assert.deepEqual(await rowsOf(lens, DOCUMENTS), []);
      await lease.commit('c', put([a, b]));
      assert.deepEqual(await rowsOf(lens, DOCUMENTS), [['a'], ['b']]);
      assert.deepEqual(await rowsOf(lens, 'MATCH (e:Entity) RETURN e.key, e.documents, e.mentions ORDER BY e.key'), [
        ['k', 2, 4],
        ['l', 1, 1],
      ]);
      await lease.commit('c', remove(a.stored.document.id));
      assert.deepEqual(await rowsOf(lens, DOCUMENTS), [['b']]);
      assert.deepEqual(await rowsOf(lens, 'MATCH (e:Entity) RETURN e.key, e.documents, e.mentions ORDER BY e.key'), [
        ['k', 1, 2],
      ]);
      assert.deepEqual(await rowsOf(lens, 'MATCH (n {key: "l"}) RETURN n'), []);
      await lease.setEnabled('c', [b.stored.document.id], false);
      assert.deepEqual(await rowsOf(lens, 'MATCH (d:Document) RETURN d.enabled, d.generation'), [[false, 3]]);
      const [[info]] = (await rowsOf(lens, 'MATCH (c:Collection) RETURN c')) as [[CypherNode]];
      assert.equal(info.id, 'c:c');
      assert.equal(info.properties['generation'], 3);
      assert.equal(info.properties['documents'], 1);
      await lease.commit('c', remove(b.stored.document.id));
      assert.deepEqual(await rowsOf(lens, 'MATCH (n) WHERE NOT n:Collection RETURN n'), []);
    }),
  );

  it(
    'keeps nothing of an earlier generation on the disk',
    withLens(async (temporary, lease) => {
      const secret = made('c', { uri: 'a', passages: [{ text: 'the swordfish is blue', mentions: ['swordfish'] }] });
      const others = Array.from({ length: 8 }, (_, i) => document(`d${i}`, `k${i}`));
      await lease.commit('c', put([secret, ...others]));
      await rowsOf(temporary.lens, DOCUMENTS);
      const held = (): string =>
        readdirSync(graphFolder(temporary), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
          .join('');
      assert.ok(held().includes('swordfish'), 'the test must be able to see it');
      await lease.commit('c', remove(secret.stored.document.id));
      assert.equal((await rowsOf(temporary.lens, DOCUMENTS)).length, 8);
      assert.ok(!held().includes('swordfish'));
    }),
  );

  it(
    'gives nodes, relationships and paths with ids that no engine made up',
    withLens(async ({ lens }, lease) => {
      const a = document('a', 'k', 'l');
      await lease.commit('c', put([a]));
      const id = a.stored.document.id;
      const [first] = a.stored.passages;
      const [row] = await rowsOf(
        lens,
        'MATCH path = (:Document)-[:HAS_PASSAGE]->(:Passage {ordinal: 0})-[:MENTIONS]->(:Entity {key: "l"}) RETURN path',
      );
      assert.deepEqual(row?.[0], {
        kind: 'path',
        nodes: [
          {
            kind: 'node',
            id,
            labels: ['Document'],
            properties: {
              characters: a.stored.text.length,
              collection: 'c',
              contentHash: a.stored.document.contentHash,
              enabled: true,
              generation: 1,
              id,
              ingestedAt: '2026-01-01T00:00:00.000Z',
              mediaType: 'text/plain',
              metadata: '{}',
              passages: 2,
              size: a.stored.document.size,
              tags: [],
              title: 'a',
              uri: 'a',
              warnings: [],
            },
          },
          {
            kind: 'node',
            id: first!.passage.id,
            labels: ['Passage'],
            properties: {
              collection: 'c',
              context: '',
              document: id,
              end: 10,
              id: first!.passage.id,
              ordinal: 0,
              start: 0,
              text: 'first of a',
            },
          },
          {
            kind: 'node',
            id: 'e:l',
            labels: ['Entity'],
            properties: {
              collection: 'c',
              documents: 1,
              key: 'l',
              mentions: 1,
              name: 'l',
              passages: 1,
              surfaces: ['l'],
              type: 'other',
            },
          },
        ],
        relationships: [
          {
            kind: 'relationship',
            type: 'HAS_PASSAGE',
            from: id,
            to: first!.passage.id,
            properties: { collection: 'c' },
          },
          {
            kind: 'relationship',
            type: 'MENTIONS',
            from: first!.passage.id,
            to: 'e:l',
            properties: { about: false, collection: 'c', count: 1, spans: [0, 1], surface: 'l', type: 'other' },
          },
        ],
      });
      assert.deepEqual(await rowsOf(lens, 'MATCH (:Entity {key: "k"})-[r]->(v:Value) RETURN r, v.name, v.type'), [
        [
          {
            kind: 'relationship',
            type: 'BORN_IN',
            from: 'e:k',
            to: 'e:y',
            properties: {
              collection: 'c',
              confidence: 0.5,
              document: id,
              end: 1,
              extractor: 'rules/1',
              hedged: false,
              negated: false,
              passage: first!.passage.id,
              position: 0,
              predicate: 'be born in',
              start: 0,
            },
          },
          'Y',
          'other',
        ],
      ]);
    }),
  );

  it(
    'takes parameters of every type, and gives JSON-safe values back',
    withLens(async ({ lens }) => {
      const params = { t: 'x\0"\'\\`', n: 3, f: 1.5, b: true, none: null, l: [1, 'a', null], m: { a: { b: [1] } } };
      assert.deepEqual(await rowsOf(lens, 'RETURN $t, $n, $f, $b, $none, $l, $m, $collection', params), [
        [params.t, 3, 1.5, true, null, params.l, params.m, 'c'],
      ]);
      assert.deepEqual(await rowsOf(lens, 'RETURN 9007199254740993 AS big, date("2020-01-31") AS day, -0.5 AS half'), [
        ['9007199254740993', '2020-01-31', -0.5],
      ]);
      assert.deepEqual(await rowsOf(lens, 'UNWIND range(1, $n) AS i RETURN i LIMIT $n', { n: 2 }), [[1], [2]]);
      await assert.rejects(rowsOf(lens, 'RETURN $collection', { collection: 'theirs' }), { code: 'CYPHER_PARAMETER' });
      await assert.rejects(rowsOf(lens, 'RETURN $missing'), {
        code: 'CYPHER_PARAMETER',
        message: 'The statement needs a value for $missing',
      });
    }),
  );

  it(
    'shows one collection alone',
    withLens(async ({ lens }, lease) => {
      await lease.createCollection('theirs', EMBEDDER);
      await lease.commit('theirs', put([made('theirs', { uri: 'x', passages: [{ text: 'x', mentions: ['k'] }] })]));
      await lease.commit('c', put([document('a', 'k')]));
      assert.deepEqual(await rowsOf(lens, 'MATCH (n) RETURN DISTINCT n.collection'), [['c']]);
      assert.deepEqual(await rowsOf(lens, 'MATCH ()-[r]->() RETURN DISTINCT r.collection'), [['c']]);
      assert.deepEqual(await rowsOf(lens, 'MATCH (n {collection: "theirs"}) RETURN n'), []);
      assert.deepEqual(await rowsOf(lens, DOCUMENTS), [['a']]);
    }),
  );

  it(
    'forgets a collection that is gone, and does not take another of its name for it',
    withLens(async (temporary, lease) => {
      const { lens } = temporary;
      await lease.commit('c', put([document('a', 'k')]));
      assert.deepEqual(await rowsOf(lens, DOCUMENTS), [['a']]);
      await lease.deleteCollection('c');
      await assert.rejects(rowsOf(lens, DOCUMENTS), { name: 'NotFoundError', code: 'COLLECTION_UNKNOWN' });
      assert.ok(!existsSync(graphFolder(temporary)), 'its files are gone');
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put([document('b', 'k')]));
      assert.deepEqual(await rowsOf(lens, DOCUMENTS), [['b']]);
    }),
  );

  it(
    'builds once for many that ask at the same time, in this process and others',
    withLens(async (temporary, lease) => {
      await lease.commit('c', put([document('a', 'k')]));
      const lenses = [temporary.lens, temporary.lens, temporary.another(), temporary.another()];
      let stages = 0;
      const onProgress = (): void => void stages++;
      const rows = await Promise.all(lenses.map((lens) => rowsOf(lens, DOCUMENTS, {}, { onProgress })));
      assert.deepEqual(rows, Array(4).fill([['a']]));
      const names = readdirSync(graphFolder(temporary)).filter((name) => !/^(writer\.lock$|spill-)/.test(name));
      assert.deepEqual(names, ['g1']);
    }),
  );

  it(
    'tells its progress only when it has something to do',
    withLens(async ({ lens }, lease) => {
      await lease.commit('c', put(Array.from({ length: 300 }, (_, i) => document(`d${i}`, `k${i}`))));
      const seen: LensProgress[] = [];
      const onProgress = (progress: LensProgress): void => void seen.push(progress);
      await rowsOf(lens, DOCUMENTS, {}, { onProgress });
      assert.ok(seen.some(({ stage, done, total }) => stage === 'read' && done > 0 && total === 300));
      assert.ok(seen.some(({ stage, done }) => stage === 'write' && done >= 900));
      seen.length = 0;
      await rowsOf(lens, DOCUMENTS, {}, { onProgress });
      assert.deepEqual(seen, []);
    }),
  );

  it(
    'builds anew when its files are damaged, missing, or of a store that was put back',
    withLens(async (temporary, lease) => {
      const { lens } = temporary;
      await lease.commit('c', put([document('a', 'k'), document('b', 'l')]));
      assert.equal((await rowsOf(lens, DOCUMENTS)).length, 2);
      const folder = graphFolder(temporary);
      await using other = temporary.another();
      writeFileSync(join(folder, 'g1', 'graph.grafeo'), 'no graph');
      assert.equal((await rowsOf(other, DOCUMENTS)).length, 2);
      rmSync(folder, { recursive: true });
      await using third = temporary.another();
      assert.equal((await rowsOf(third, DOCUMENTS)).length, 2);
      const meta = join(folder, 'g1', 'meta.json');
      writeFileSync(meta, readFileSync(meta, 'utf8').replace('"documents":2', '"documents":7'));
      await using fourth = temporary.another();
      assert.equal((await rowsOf(fourth, DOCUMENTS)).length, 2);
      assert.match(readFileSync(meta, 'utf8'), /"documents":2/);
      // An update of damaged files falls back to building from nothing.
      writeFileSync(join(folder, 'g1', 'state.sqlite'), 'no state');
      await lease.commit('c', put([document('e', 'k')]));
      const many = Array.from({ length: 6 }, (_, i) => document(`m${i}`, 'k'));
      await lease.commit('c', put(many));
      assert.equal((await rowsOf(fourth, DOCUMENTS)).length, 9);
    }),
  );

  it(
    'reads a store that is written to all the time',
    withLens(async ({ lens }, lease) => {
      await lease.commit('c', put(Array.from({ length: 200 }, (_, i) => document(`d${i}`, `k${i % 7}`))));
      let writing = true;
      let written = 0;
      const writer = (async () => {
        while (writing) {
          await lease.commit('c', put([document(`w${written % 5}`, `k${written % 7}`)]));
          written++;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
      try {
        await using result = await lens.explore('c', DOCUMENTS, {}, OPTIONS);
        const uris: unknown[] = [];
        for await (const [uri] of result.rows) uris.push(uri);
        assert.ok(written > 2, 'it was written to meanwhile');
        assert.ok(uris.length >= 200 && uris.length <= 205);
        assert.ok(result.generation >= 1);
        assert.equal(new Set(uris).size, uris.length);
      } finally {
        writing = false;
        await writer;
      }
    }),
  );
});
