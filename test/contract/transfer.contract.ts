import assert from 'node:assert/strict';
import { documentId, passageId } from '../../graph-schema/index.js';
import { put } from './fixtures.js';
import { all, each, exported, type OpenStore, withStore } from './opened-store.js';
import { transferred as documents, transferredRest as rest } from './transferred.js';

type Json = Record<string, unknown>;

/** The way out of any store and into any other. */
export function transferContract(open: OpenStore): void {
  it(
    'begins with a header that alone holds what is not compared',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents, rest));
      const [header, ...lines] = (await all(store.export('c'))).map((line) => JSON.parse(line) as Json);
      assert.deepEqual(header, {
        format: 'hopwise-export',
        version: 1,
        volatile: {
          generation: 1,
          ingestedAt: documents
            .map(({ stored }) => stored.document)
            .sort((x, y) => (x.id < y.id ? -1 : 1))
            .map(({ ingestedAt }) => ingestedAt),
          failedAt: ['then'],
        },
      });
      assert.ok(!JSON.stringify(lines).includes('2026-0'));
      const kinds = lines.map(({ kind }) => kind).filter((kind, i, list) => kind !== list[i - 1]);
      assert.deepEqual(
        kinds.filter((kind) => kind !== 'document' && kind !== 'passage'),
        ['collection', 'source', 'failure', 'entity', 'end'],
      );
    }),
  );

  it(
    'comes back loss-free, to the byte',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents, rest));
      const lines = await all(store.export('c'));
      const changes = await all((await store.changes('c', 0)).put);
      await lease.deleteCollection('c');
      const info = await store.import(lease, 'c', each(lines));
      assert.deepEqual(info, await store.collection('c'));
      assert.deepEqual(await exported(store), lines.slice(1));
      const again = JSON.parse((await all(store.export('c')))[0]!) as { volatile: Json };
      const first = JSON.parse(lines[0]!) as { volatile: Json };
      assert.deepEqual({ ...again.volatile, generation: 0 }, { ...first.volatile, generation: 0 });
      assert.deepEqual(await all((await store.changes('c', 0)).put), changes);
      assert.deepEqual(await store.check(), []);
    }),
  );

  it(
    'takes an empty collection out and in',
    withStore(open, async (store, lease) => {
      const lines = await all(store.export('c'));
      assert.equal(lines.length, 3);
      await lease.deleteCollection('c');
      await store.import(lease, 'c', each(lines));
      assert.deepEqual(await exported(store), lines.slice(1));
    }),
  );

  it(
    'derives ids anew under another name, as an ingestion under it would',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents, rest));
      await store.import(lease, 'copy', store.export('c'));
      const id = documentId('copy', 'a.pdf');
      const { document } = (await store.document('copy', id))!;
      assert.deepEqual(document, { ...documents[0]!.stored.document, id });
      const [passage] = await store.passagesOf('copy', id);
      assert.equal(passage?.id, passageId(id, 0, 'h > i', 'First of a.'));
      assert.equal((await store.mentionsOf('copy', passage!.id)).length, 2);
      const twin = (spec: (typeof documents)[0]) => spec.stored.document.uri;
      assert.deepEqual(
        (await store.documents('copy', { limit: 9 })).items.map((item) => item.document.uri),
        documents.map(twin).sort(),
      );
    }),
  );

  it(
    'is sound by its own check',
    withStore(open, async (store, lease) => {
      assert.deepEqual(await store.check(), []);
      await lease.commit('c', put(documents, rest));
      assert.deepEqual(await store.check(), []);
    }),
  );
}
