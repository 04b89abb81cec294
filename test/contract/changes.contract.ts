import assert from 'node:assert/strict';
import type { GraphStore } from '../../src/ports/index.js';
import { EMBEDDER, made, put, remove, vectorsOf } from './fixtures.js';
import { all, type OpenStore, withStore } from './opened-store.js';

interface Seen {
  readonly generation: number;
  readonly removed: readonly string[];
  readonly put: readonly string[];
  readonly complete: boolean;
}

async function seen(store: GraphStore, since: number): Promise<Seen> {
  const { generation, removed, complete, put: documents } = await store.changes('c', since);
  return { generation, removed, complete, put: (await all(documents)).map(({ document }) => document.id) };
}

/** What a reader of an older generation is told; vectors and their replacement. */
export function changesContract(open: OpenStore): void {
  const documents = ['a', 'b', 'c', 'd'].map((uri) =>
    made('c', { uri, passages: [{ text: `first of ${uri}` }, { text: `second of ${uri}`, relations: [] }] }),
  );
  const ids = documents.map(({ stored }) => stored.document.id);
  const inOrder = (...numbers: number[]) => numbers.map((i) => ids[i]!).sort();

  it(
    'streams everything to a reader that has nothing',
    withStore(open, async (store, lease) => {
      assert.deepEqual(await seen(store, 0), { generation: 0, removed: [], put: [], complete: true });
      await lease.commit('c', put(documents));
      const changes = await store.changes('c', 0);
      assert.equal(changes.complete, true);
      const expected = documents
        .map(({ stored: { document, passages } }) => ({ document, passages }))
        .sort((x, y) => (x.document.id < y.document.id ? -1 : 1));
      assert.deepEqual(await all(changes.put), expected);
    }),
  );

  it(
    'tells what was put and removed since',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents.slice(0, 3)));
      await lease.commit('c', put([documents[3]!], { remove: [ids[0]!] }));
      await lease.commit('c', put([documents[1]!]));
      assert.deepEqual(await seen(store, 3), { generation: 3, removed: [], put: [], complete: false });
      assert.deepEqual(await seen(store, 2), { generation: 3, removed: [], put: inOrder(1), complete: false });
      assert.deepEqual(await seen(store, 1), {
        generation: 3,
        removed: inOrder(0),
        put: inOrder(1, 3),
        complete: false,
      });
    }),
  );

  it(
    'knows a document that was removed and added again as put',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put([documents[0]!]));
      await lease.commit('c', remove(ids[0]!));
      assert.deepEqual(await seen(store, 1), { generation: 2, removed: [ids[0]], put: [], complete: false });
      await lease.commit('c', put([documents[0]!]));
      assert.deepEqual(await seen(store, 1), { generation: 3, removed: [], put: [ids[0]], complete: false });
      assert.deepEqual(await seen(store, 2), { generation: 3, removed: [], put: [ids[0]], complete: false });
      await lease.commit('c', remove(ids[0]!));
      assert.deepEqual(await seen(store, 3), { generation: 4, removed: [ids[0]], put: [], complete: false });
    }),
  );

  it(
    'stamps each document with the generation that changed it last',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents.slice(0, 3)));
      await lease.commit('c', put([documents[1]!]));
      await lease.setEnabled('c', [ids[2]!], false);
      await lease.commit('c', remove(ids[0]!));
      const stamp = (number: number, generation: number) => ({
        id: ids[number]!,
        generation,
        characters: documents[number]!.stored.text.length,
      });
      const sorted = [stamp(1, 2), stamp(2, 3)].sort((x, y) => (x.id < y.id ? -1 : 1));
      assert.deepEqual(await store.stamps('c', -1), sorted);
      assert.deepEqual(await store.stamps('c', 2), [stamp(2, 3)]);
      assert.deepEqual(await store.stamps('c', 4), []);
    }),
  );

  it(
    'tells which passages may mention something else than before',
    withStore(open, async (store, lease) => {
      const passageOf = (number: number, ordinal: number) => documents[number]!.stored.passages[ordinal]!.passage.id;
      const seenSince = async (since: number) => {
        const { generation, passages } = await store.mentionsSince('c', since);
        const list = await all(passages);
        assert.deepEqual(
          list.map(({ documentId }) => documentId),
          list.map(({ documentId }) => documentId).sort(),
        );
        return { generation, mentions: new Map(list.map(({ passageId, mentions }) => [passageId, mentions])) };
      };
      await lease.commit('c', put(documents.slice(0, 2)));
      const name = { key: 'k', surface: 'K', type: 'place', spans: [[0, 1]], about: false } as const;
      const mentions = new Map([[passageOf(0, 1), [name]]]);
      await lease.commit('c', put([documents[2]!], { mentions: new Map([...documents[2]!.mentions, ...mentions]) }));
      const since = await seenSince(1);
      assert.equal(since.generation, 2);
      assert.deepEqual(since.mentions.get(passageOf(0, 1)), [name]);
      for (const ordinal of [0, 1]) assert.ok(since.mentions.has(passageOf(2, ordinal)));
      assert.ok(!since.mentions.has(passageOf(1, 0)), 'a document that nothing touched');
      await lease.commit('c', put([], { mentions: new Map([[passageOf(0, 1), []]]) }));
      assert.deepEqual((await seenSince(2)).mentions.get(passageOf(0, 1)), []);
      assert.equal((await seenSince(3)).mentions.size, 0);
      assert.equal((await seenSince(-1)).mentions.size, 6);
      await lease.commit('c', remove(ids[0]!));
      assert.ok(!(await seenSince(0)).mentions.has(passageOf(0, 1)));
    }),
  );

  it(
    'gives everything to a reader from a future or another life',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put([documents[0]!]));
      await lease.commit('c', put([documents[1]!]));
      assert.deepEqual(await seen(store, 9), { generation: 2, removed: [], put: inOrder(0, 1), complete: true });
      await lease.deleteCollection('c');
      await lease.createCollection('c', EMBEDDER);
      await lease.commit('c', put([documents[2]!]));
      const { generation } = await seen(store, 0);
      assert.ok(generation > 2, 'a reader of the deleted collection must not take the new one for its own');
      for (const since of [1, 2]) assert.deepEqual((await seen(store, since)).complete, true);
    }),
  );

  it(
    'shows one generation however long it is read',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents.slice(0, 3)));
      const { put: stream } = await store.changes('c', 0);
      const lines = store.export('c')[Symbol.asyncIterator]();
      const first = await lines.next();
      await lease.commit('c', put([documents[3]!], { remove: [ids[0]!] }));
      assert.deepEqual(
        (await all(stream)).map(({ document }) => document.id),
        inOrder(0, 1, 2),
      );
      const rest = [first.value];
      for (let step = await lines.next(); step.done !== true; step = await lines.next()) rest.push(step.value);
      assert.equal(rest.filter((line) => line.startsWith('{"kind":"document"')).length, 3);
      assert.deepEqual((await seen(store, 0)).put, inOrder(1, 2, 3));
    }),
  );

  it(
    'lets many streams be left half read',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents));
      for (let i = 0; i < 20; i++) {
        for await (const _ of (await store.changes('c', 0)).put) break;
        for await (const _ of store.export('c')) break;
        await store.changes('c', 0);
      }
      await lease.commit('c', remove(...ids));
      assert.deepEqual((await seen(store, 1)).removed, inOrder(0, 1, 2, 3));
    }),
  );

  it(
    'keeps vectors to the bit',
    withStore(open, async (store, lease) => {
      const odd = {
        dimensions: EMBEDDER.dimensions,
        scale: Float32Array.of(0, 1e-30, 0.1, 3.4e38),
        rows: Int8Array.from({ length: 16 }, (_, i) => [-128, 127, 0, -1][i % 4]!),
      };
      const { stored, mentions } = documents[0]!;
      const passages = stored.passages.map((bundle) => ({ ...bundle, vectors: odd }));
      const none = { dimensions: EMBEDDER.dimensions, scale: new Float32Array(0), rows: new Int8Array(0) };
      passages[1] = { ...passages[1]!, vectors: none };
      await lease.commit('c', put([{ stored: { ...stored, passages }, mentions }]));
      const [found] = await all((await store.changes('c', 0)).put);
      assert.deepEqual(
        found?.passages.map(({ vectors }) => vectors),
        [odd, none],
      );
    }),
  );

  it(
    'changes the embedder in one step, seen by nobody before',
    withStore(open, async (store, lease) => {
      const other = { id: 'other/8', dimensions: 8 };
      await lease.commit('c', put(documents.slice(0, 2)));
      const passages = documents.slice(0, 2).flatMap(({ stored }) => stored.passages.map(({ passage }) => passage));
      const sorted = [...passages].sort((x, y) => (x.id < y.id ? -1 : 1));
      const due = await store.unstaged('c', other.id, 3);
      assert.deepEqual(
        due.map(({ passage }) => passage),
        sorted.slice(0, 3),
      );
      assert.deepEqual(due[0]?.sentences, [0, sorted[0]!.text.length]);
      assert.ok(['a', 'b'].includes(due[0]!.title));
      const before = await all(store.export('c'));
      await lease.stageVectors('c', other, new Map(due.map(({ passage }) => [passage.id, vectorsOf(passage.text, 8)])));
      assert.deepEqual(await all(store.export('c')), before);
      await assert.rejects(lease.switchEmbedder('c', other), { code: 'VECTORS_MISSING' });
      await assert.rejects(lease.stageVectors('c', other, new Map([[sorted[3]!.id, vectorsOf('x', 4)]])), {
        code: 'EMBEDDER_MISMATCH',
      });
      assert.deepEqual(await all(store.export('c')), before);
      const [last] = await store.unstaged('c', other.id, 3);
      assert.deepEqual(last?.passage, sorted[3]);
      await lease.stageVectors('c', other, new Map([[sorted[3]!.id, vectorsOf(sorted[3]!.text, 8)]]));
      assert.deepEqual(await store.unstaged('c', other.id, 3), []);
      assert.deepEqual(await lease.switchEmbedder('c', other), { generation: 2 });
      assert.deepEqual((await store.collection('c'))?.embedder, other);
      const changed = await all((await store.changes('c', 1)).put);
      assert.deepEqual(
        changed.map(({ document }) => document.id),
        inOrder(0, 1),
      );
      for (const bundle of changed.flatMap((document) => document.passages))
        assert.deepEqual(bundle.vectors, vectorsOf(bundle.passage.text, 8));
      assert.equal((await store.unstaged('c', other.id, 10)).length, 4, 'nothing stays staged after the switch');
    }),
  );

  it(
    'drops staged vectors with their document',
    withStore(open, async (store, lease) => {
      const other = { id: 'other/8', dimensions: 8 };
      const third = { id: 'third/8', dimensions: 8 };
      await lease.commit('c', put(documents.slice(0, 2)));
      const due = await store.unstaged('c', other.id, 10);
      const vectors = new Map(due.map(({ passage }) => [passage.id, vectorsOf(passage.text, 8)]));
      await lease.stageVectors('c', other, vectors);
      await lease.stageVectors('c', third, vectors);
      await lease.commit('c', put([documents[0]!]));
      assert.equal((await store.unstaged('c', other.id, 10)).length, 2);
      await lease.commit('c', remove(ids[0]!));
      assert.deepEqual(await store.unstaged('c', other.id, 10), []);
      await lease.switchEmbedder('c', other);
      assert.equal((await store.unstaged('c', third.id, 10)).length, 2);
    }),
  );
}
