import assert from 'node:assert/strict';
import type { Failure } from '../../src/ports/index.js';
import { made, put, remove, vectorsOf } from './fixtures.js';
import { all, assertRefused, type OpenStore, withStore } from './opened-store.js';

const FAILURE: Failure = {
  uri: 'bad.pdf',
  code: 'PDF_ENCRYPTED',
  message: 'bad.pdf is encrypted',
  remedy: 'Remove the password.',
  contentHash: 'h1',
  failedAt: '2026-01-02T03:04:05.000Z',
};

/** Transactions, generations, leases, failures, sources and the enabled flag. */
export function writesContract(open: OpenStore): void {
  const a = made('c', { uri: 'a', passages: [{ text: 'about a', mentions: ['x'] }] });
  const b = made('c', { uri: 'b', passages: [{ text: 'about b', mentions: ['x', 'y'] }] });
  const idOf = (document: typeof a) => document.stored.document.id;

  it(
    'raises the generation by one a write',
    withStore(open, async (store, lease) => {
      assert.equal(await store.generation('c'), 0);
      assert.deepEqual(await lease.commit('c', put([a])), { generation: 1 });
      assert.deepEqual(await lease.commit('c', put([])), { generation: 2 });
      assert.deepEqual(await lease.setEnabled('c', [idOf(a)], false), { generation: 3 });
      assert.deepEqual(await lease.commit('c', remove(idOf(a))), { generation: 4 });
      assert.equal(await store.generation('c'), 4);
      assert.equal((await store.collection('c'))?.generation, 4);
    }),
  );

  it(
    'applies a batch whole or not at all',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put([a], { failures: [FAILURE], sources: [{ uri: 's', contentHash: '1' }] }));
      const rest = { remove: [idOf(a)], resolved: ['bad.pdf'], removeSources: ['s'] };
      const unknown = new Map([...b.mentions, ['p0', []] as const]);
      await assertRefused(store, lease, put([b], { ...rest, mentions: unknown }), 'UNKNOWN_PASSAGE');
      const wide = { ...b.stored.passages[0]!, vectors: vectorsOf('w', 5) };
      const misfit = { ...b, stored: { ...b.stored, passages: [wide] } };
      await assertRefused(store, lease, put([misfit], rest), 'EMBEDDER_MISMATCH');
      const twin = { ...b, stored: { ...b.stored, document: { ...b.stored.document, uri: 'a' } } };
      await assertRefused(store, lease, put([twin]), 'DUPLICATE_URI');
      const twice = new Map([
        [b.stored.passages[0]!.passage.id, [...b.mentions.values(), ...b.mentions.values()].flat()],
      ]);
      await assertRefused(store, lease, put([b], { ...rest, mentions: twice }), 'DUPLICATE_MENTION');
      const same = b.stored.passages[0]!;
      const again = {
        ...b,
        stored: { ...b.stored, passages: [same, { ...same, passage: { ...same.passage, ordinal: 1 } }] },
      };
      await assertRefused(store, lease, put([again], rest), 'CONFLICTING_WRITE');
      const named = { ...b, stored: { ...b.stored, document: { ...b.stored.document, id: 'not an id' } } };
      await assertRefused(store, lease, put([named], rest), 'BAD_ID');
      const endless = made('c', { uri: 'n', metadata: { n: Number.NaN }, passages: ['x'] });
      await assertRefused(store, lease, put([b, endless], rest), 'NOT_FINITE');
    }),
  );

  it(
    'lets an earlier document go and another take its uri in one batch',
    withStore(open, async (store, lease) => {
      const other = { ...b, stored: { ...b.stored, document: { ...b.stored.document, uri: 'a' } } };
      await lease.commit('c', put([a]));
      await lease.commit('c', put([other], { remove: [idOf(a)] }));
      assert.equal((await store.documentByUri('c', 'a'))?.id, idOf(b));
      assert.equal(await store.document('c', idOf(a)), undefined);
    }),
  );

  it(
    'puts what a batch both puts and removes',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put([a], { remove: [idOf(a)] }));
      assert.equal((await store.document('c', idOf(a)))?.text, 'about a');
    }),
  );

  it(
    'refolds mentions of passages that stay',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put([a, b]));
      const passage = b.stored.passages[0]!.passage.id;
      const mention = {
        key: 'z',
        surface: 'Z',
        type: 'place',
        spans: [
          [0, 2],
          [3, 4],
        ],
        about: true,
      } as const;
      await lease.commit('c', put([], { mentions: new Map([[passage, [mention]]]) }));
      assert.deepEqual(await store.mentionsOf('c', passage), [mention]);
      assert.deepEqual(
        (await store.entities('c', { limit: 9 })).items.map(({ key }) => key),
        ['x', 'z'],
      );
      assert.equal((await store.collection('c'))?.counts.mentions, 3);
      assert.deepEqual(
        await store.passagesOf('c', idOf(b)),
        b.stored.passages.map((bundle) => bundle.passage),
      );
    }),
  );

  it(
    'gives mentions in key order whatever the order put',
    withStore(open, async (store, lease) => {
      const keys = ['b', 'a', '\uff21', '\u{1d400}', 'é', ''];
      const made1 = made('c', { uri: 'm', passages: [{ text: 'm', mentions: keys }] });
      await lease.commit('c', put([made1]));
      const found = await store.mentionsOf('c', made1.stored.passages[0]!.passage.id);
      assert.deepEqual(
        found.map(({ key }) => key),
        [...keys].sort(),
      );
    }),
  );

  it(
    'disables and enables documents',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put([a, b]));
      const { generation } = await lease.setEnabled('c', [idOf(a), 'd0'], false);
      assert.equal((await store.document('c', idOf(a)))?.document.enabled, false);
      assert.equal((await store.documentByUri('c', 'b'))?.enabled, true);
      const changes = await store.changes('c', generation - 1);
      assert.deepEqual(
        (await all(changes.put)).map(({ document }) => document.id),
        [idOf(a)],
      );
      await lease.setEnabled('c', [idOf(a)], true);
      assert.equal((await store.document('c', idOf(a)))?.document.enabled, true);
    }),
  );

  it(
    'replaces the record of a stored document and nothing else',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put([a, b]));
      await lease.setEnabled('c', [idOf(a)], false);
      const { document } = a.stored;
      const record = { ...document, tags: ['new'], date: '2026-05-06', contentHash: 'other', ingestedAt: '2026-05-07' };
      const { generation } = await lease.commit('c', { ...put([]), records: [record] });
      const found = await store.document('c', idOf(a));
      assert.deepEqual(found?.document, { ...record, enabled: false });
      assert.equal(found?.text, a.stored.text);
      const changes = await store.changes('c', generation - 1);
      assert.deepEqual(
        (await all(changes.put)).map(({ document, passages }) => [document.id, passages]),
        [[idOf(a), a.stored.passages]],
      );
      await assertRefused(store, lease, { ...put([]), records: [{ ...record, id: 'd0' }] }, 'UNKNOWN_DOCUMENT');
    }),
  );

  it(
    'keeps failures by uri until they are resolved or stored',
    withStore(open, async (store, lease) => {
      const part = { ...FAILURE, uri: 'a', source: 'a.zip', contentHash: '' };
      await lease.commit('c', put([], { failures: [FAILURE, part] }));
      assert.deepEqual(await store.failures('c'), [part, FAILURE]);
      const again = { ...FAILURE, code: 'PDF_BROKEN', contentHash: 'h2' };
      await lease.commit('c', put([], { failures: [again] }));
      assert.deepEqual(await store.failures('c'), [part, again]);
      await lease.commit('c', put([a], { resolved: ['nowhere'] }));
      assert.deepEqual(await store.failures('c'), [again]);
      await lease.commit('c', put([], { resolved: [FAILURE.uri] }));
      assert.deepEqual(await store.failures('c'), []);
      assert.equal((await store.collection('c'))?.counts.failures, 0);
      await lease.commit('c', put([a], { resolved: ['a'], failures: [part] }));
      assert.deepEqual(await store.failures('c'), [part]);
    }),
  );

  it(
    'records sources that were read to their end',
    withStore(open, async (store, lease) => {
      const parts = ['z', 'y'].map((uri) => made('c', { uri: `s.jsonl#${uri}`, source: 's.jsonl', passages: [uri] }));
      const whole = made('c', { uri: 's.jsonl', passages: ['whole'] });
      await lease.commit(
        'c',
        put([...parts, a], {
          sources: [
            { uri: 's.jsonl', contentHash: '1' },
            { uri: 'a', contentHash: '2' },
          ],
        }),
      );
      assert.deepEqual(await store.source('c', 's.jsonl'), { uri: 's.jsonl', contentHash: '1' });
      assert.deepEqual(
        (await store.documentsOfSource('c', 's.jsonl')).map(({ uri }) => uri),
        ['s.jsonl#y', 's.jsonl#z'],
      );
      assert.deepEqual(
        (await store.documentsOfSource('c', 'a')).map(({ uri }) => uri),
        ['a'],
      );
      assert.deepEqual(await store.documentsOfSource('c', 's.jsonl#y'), []);
      await lease.commit(
        'c',
        put([whole], { removeSources: ['a', 'nowhere'], sources: [{ uri: 's.jsonl', contentHash: '3' }] }),
      );
      assert.deepEqual(
        (await store.documentsOfSource('c', 's.jsonl')).map(({ uri }) => uri),
        ['s.jsonl', 's.jsonl#y', 's.jsonl#z'],
      );
      assert.deepEqual(await store.sources('c', { limit: 10 }), { items: [{ uri: 's.jsonl', contentHash: '3' }] });
      assert.deepEqual(
        (await store.storedSources('c', ['nowhere', 's.jsonl', 'a', 's.jsonl'])).map(({ documents, ...rest }) => ({
          ...rest,
          documents: documents.map(({ uri }) => uri),
        })),
        [
          { uri: 'nowhere', documents: [] },
          {
            uri: 's.jsonl',
            record: { uri: 's.jsonl', contentHash: '3' },
            documents: ['s.jsonl', 's.jsonl#y', 's.jsonl#z'],
          },
          { uri: 'a', documents: ['a'] },
          {
            uri: 's.jsonl',
            record: { uri: 's.jsonl', contentHash: '3' },
            documents: ['s.jsonl', 's.jsonl#y', 's.jsonl#z'],
          },
        ],
      );
      assert.deepEqual(await store.storedSources('c', []), []);
      assert.equal((await store.document('c', idOf(a)))?.text, 'about a');
      await lease.commit(
        'c',
        put([], {
          sources: [
            { uri: 'r', contentHash: '4' },
            { uri: 't', contentHash: '5' },
          ],
        }),
      );
      const first = await store.sources('c', { limit: 2 });
      assert.deepEqual(
        first.items.map(({ uri }) => uri),
        ['r', 's.jsonl'],
      );
      assert.deepEqual(
        (await store.sources('c', { limit: 2, after: first.next! })).items.map(({ uri }) => uri),
        ['t'],
      );
    }),
  );

  it(
    'gives the right to write to one at a time',
    withStore(open, async (store, lease, { reopen }) => {
      const other = await reopen();
      await assert.rejects(store.acquireWriter({ waitMs: 0 }), { name: 'StoreLockedError' });
      await assert.rejects(other.acquireWriter({ waitMs: 20 }), { name: 'StoreLockedError' });
      const waiting = other.acquireWriter({ waitMs: 5_000 });
      await lease.release();
      await lease.release();
      const second = await waiting;
      await second.commit('c', put([a]));
      await assert.rejects(lease.commit('c', put([b])), { code: 'LEASE_RELEASED' });
      await second.release();
      assert.equal((await store.document('c', idOf(a)))?.text, 'about a');
    }),
  );

  it(
    'stops waiting for the right to write when told',
    withStore(open, async (store) => {
      const stop = new AbortController();
      const waiting = store.acquireWriter({ waitMs: 60_000, signal: stop.signal });
      stop.abort();
      await assert.rejects(waiting, { name: 'AbortError' });
    }),
  );

  it(
    'runs calls of one lease one after another',
    withStore(open, async (store, lease) => {
      const generations = await Promise.all([
        lease.commit('c', put([a])),
        lease.commit('c', put([b])),
        lease.commit('c', remove(idOf(a))),
      ]);
      assert.deepEqual(
        generations.map(({ generation }) => generation),
        [1, 2, 3],
      );
      assert.deepEqual(
        (await store.documents('c', { limit: 9 })).items.map(({ document }) => document.uri),
        ['b'],
      );
    }),
  );

  it(
    'keeps everything for the next process',
    withStore(open, async (store, lease, { reopen }) => {
      await lease.commit('c', put([a, b], { failures: [FAILURE] }));
      const lines = await all(store.export('c'));
      await lease.release();
      await store.close();
      assert.deepEqual(await all((await reopen()).export('c')), lines);
    }),
  );

  it(
    'shows a commit at once to every other handle, and none before its end',
    withStore(open, async (store, lease, { reopen }) => {
      const other = await reopen();
      for (const [generation, document] of [a, b].entries()) {
        assert.equal(await other.generation('c'), generation);
        await lease.commit('c', put([document]));
        assert.equal(await other.generation('c'), generation + 1);
        assert.equal((await other.document('c', idOf(document)))?.text, document.stored.text);
      }
      assert.deepEqual(await all(other.export('c')), await all(store.export('c')));
    }),
  );

  it(
    'refuses every call once closed',
    withStore(open, async (_store, _lease, { reopen }) => {
      const other = await reopen();
      await other.close();
      await other.close();
      await assert.rejects(other.collections(), { code: 'STORE_CLOSED' });
      await assert.rejects(other.acquireWriter({ waitMs: 0 }), { code: 'STORE_CLOSED' });
    }),
  );
}
