import assert from 'node:assert/strict';
import type { GraphStore, WriterLease } from '../../src/ports/index.js';
import { EMBEDDER, type Made, made, put, relation, vectorsOf } from './fixtures.js';
import { all, each, type OpenStore, withStore } from './opened-store.js';
import { type Guesses, guesses, type TenantMethod } from './tenant-guesses.js';

/** A collection never shows, changes or counts anything of another one, whatever ids are guessed. */
export function tenancyContract(open: OpenStore): void {
  const secret = made('theirs', {
    uri: 'shared.txt',
    source: 'shared.zip',
    passages: [
      { text: 'their secret', mentions: ['secret', 'both'], relations: [relation('secret', 'be', 'both', 0.9)] },
    ],
  });
  const own = made('c', {
    uri: 'own.txt',
    passages: [{ text: 'our own', mentions: ['both', 'own'], relations: [relation('own', 'be', 'both', 0.1)] }],
  });
  const theirDocument = secret.stored.document.id;
  const theirPassage = secret.stored.passages[0]!.passage.id;

  async function fill(lease: WriterLease, mine: readonly Made[] = [own]): Promise<void> {
    await lease.createCollection('theirs', EMBEDDER);
    await lease.commit(
      'theirs',
      put([secret], {
        failures: [{ uri: 'f', code: 'F', message: 'secret', remedy: '', contentHash: '', failedAt: '' }],
        sources: [{ uri: 'shared.zip', contentHash: 'secret' }],
      }),
    );
    await lease.commit('c', put(mine));
  }

  it(
    'reads nothing of another collection by guessed ids, uris and keys',
    withStore(open, async (store, lease) => {
      await fill(lease);
      assert.equal(await store.document('c', theirDocument), undefined);
      assert.equal(await store.documentByUri('c', 'shared.txt'), undefined);
      assert.deepEqual(await store.documentRecords('c', [theirDocument]), []);
      assert.deepEqual(await store.passagesOf('c', theirDocument), []);
      assert.deepEqual(await store.passages('c', [theirPassage]), []);
      assert.deepEqual(await store.mentionsOf('c', theirPassage), []);
      assert.deepEqual(await store.mentionsOfEach('c', [theirPassage]), [[]]);
      assert.equal(await store.entity('c', 'secret'), undefined);
      assert.deepEqual(await store.entitiesOf('c', ['secret']), [undefined]);
      assert.deepEqual(await store.relationsOf('c', ['secret'], 10), []);
      assert.deepEqual(
        (await store.relationsOf('c', ['both', 'secret'], 10)).map(({ confidence }) => confidence),
        [0.1],
      );
      assert.deepEqual(
        await store.neighbours('c', ['both', 'secret'], 10),
        new Map([
          ['both', [{ key: 'own', passages: 1 }]],
          ['secret', []],
        ]),
      );
      assert.deepEqual(await store.passagesMentioning('c', [['secret'], ['both', 'secret']], 10), [[], []]);
      assert.equal((await store.passagesMentioning('c', [['both']], 10))[0]?.length, 1);
      assert.deepEqual(await store.failures('c'), []);
      assert.equal(await store.source('c', 'shared.zip'), undefined);
      assert.deepEqual(await store.sources('c', { limit: 10 }), { items: [] });
      assert.deepEqual(await store.documentsOfSource('c', 'shared.zip'), []);
      assert.deepEqual(await store.storedSources('c', ['shared.zip']), [{ uri: 'shared.zip', documents: [] }]);
    }),
  );

  it(
    'gives for guesses what it gives for what is nowhere, in every method',
    withStore(open, async (store, lease) => {
      await fill(lease);
      await store.claimSources('theirs', ['shared.zip'], { holder: 'theirs', ttlMs: 60_000 });
      const guessed = guesses({
        document: theirDocument,
        passage: theirPassage,
        uri: 'shared.txt',
        source: 'shared.zip',
        key: 'secret',
      });
      const nowhere = guesses({
        document: 'd-nowhere',
        passage: 'p-nowhere',
        uri: 'nowhere.txt',
        source: 'snowhere.zip',
        key: 'nowhere',
      });
      for (const method of Object.keys(guessed) as (keyof Guesses)[])
        assert.deepEqual(await guessed[method](store), await nowhere[method](store), method);
      const again = await store.claimSources('theirs', ['shared.zip'], { holder: 'another', ttlMs: 60_000 });
      assert.deepEqual(again, [], 'a release in one collection ended a claim in another');
    }),
  );

  it(
    'lists, counts, streams and exports only its own',
    withStore(open, async (store, lease) => {
      await fill(lease);
      const lists = [
        await store.documents('c', { limit: 10 }),
        await store.entities('c', { limit: 10 }),
        await store.entities('c', { limit: 10, prefix: 'sec' }),
        await store.unstaged('c', 'any', 10),
        await all((await store.changes('c', 0)).put),
        await all(store.export('c')),
      ];
      assert.ok(!JSON.stringify(lists).includes('secret'));
      assert.deepEqual((await store.entity('c', 'both'))?.passages, 1);
      assert.deepEqual((await store.collection('c'))?.counts, {
        documents: 1,
        passages: 1,
        entities: 2,
        relations: 1,
        mentions: 2,
        failures: 0,
      });
    }),
  );

  it(
    'writes nothing into another collection',
    withStore(open, async (store, lease) => {
      await fill(lease);
      const before = await all(store.export('theirs'));
      await lease.commit('c', {
        put: [],
        remove: [theirDocument],
        mentions: new Map(),
        resolved: ['f'],
        removeSources: ['shared.zip'],
      });
      await lease.setEnabled('c', [theirDocument], false);
      await assert.rejects(lease.commit('c', put([], { mentions: new Map([[theirPassage, []]]) })), {
        code: 'UNKNOWN_PASSAGE',
      });
      await assert.rejects(lease.stageVectors('c', EMBEDDER, new Map([[theirPassage, vectorsOf('x')]])), {
        code: 'UNKNOWN_PASSAGE',
      });
      assert.deepEqual(await all(store.export('theirs')), before);
      assert.deepEqual(await store.changes('theirs', 1).then(({ removed }) => removed), []);
      await lease.deleteCollection('c');
      assert.deepEqual(await all(store.export('theirs')), before);
    }),
  );

  it(
    'keeps equal ids of two collections apart',
    withStore(open, async (store, lease) => {
      // The same records under the same ids, as an import may have brought them.
      await fill(lease, [secret]);
      await lease.commit('c', put([], { mentions: new Map([[theirPassage, []]]) }));
      assert.deepEqual(await store.mentionsOf('c', theirPassage), []);
      assert.equal((await store.mentionsOf('theirs', theirPassage)).length, 2);
      await lease.commit('c', { put: [], remove: [theirDocument], mentions: new Map() });
      assert.equal((await store.document('theirs', theirDocument))?.text, 'their secret');
    }),
  );

  it(
    're-embeds one collection alone',
    withStore(open, async (store, lease) => {
      await fill(lease);
      const before = await all(store.export('theirs'));
      const other = { id: 'other/8', dimensions: 8 };
      const due = await store.unstaged('c', other.id, 10);
      await lease.stageVectors('c', other, new Map(due.map(({ passage }) => [passage.id, vectorsOf(passage.text, 8)])));
      assert.equal((await store.unstaged('theirs', other.id, 10)).length, 1);
      await lease.switchEmbedder('c', other);
      assert.deepEqual(await all(store.export('theirs')), before);
      assert.deepEqual((await store.collection('theirs'))?.embedder, EMBEDDER);
    }),
  );

  it(
    'tells by NotFoundError that a collection is unknown, in every method',
    withStore(open, async (store, lease) => {
      const page = { limit: 1 };
      const calls: Record<TenantMethod, (store: GraphStore) => Promise<unknown>> = {
        generation: (s) => s.generation('no'),
        changes: (s) => s.changes('no', 0),
        stamps: (s) => s.stamps('no', -1),
        mentionsSince: (s) => s.mentionsSince('no', -1),
        document: (s) => s.document('no', 'd'),
        documents: (s) => s.documents('no', page),
        documentByUri: (s) => s.documentByUri('no', 'u'),
        documentRecords: (s) => s.documentRecords('no', ['d']),
        passagesOf: (s) => s.passagesOf('no', 'd'),
        passages: (s) => s.passages('no', ['p']),
        mentionsOf: (s) => s.mentionsOf('no', 'p'),
        mentionsOfEach: (s) => s.mentionsOfEach('no', ['p']),
        evidence: (s) => s.evidence('no', { passages: ['p'], documents: ['d'], generation: 1 }),
        entity: (s) => s.entity('no', 'k'),
        entitiesOf: (s) => s.entitiesOf('no', ['k']),
        entities: (s) => s.entities('no', page),
        relationsOf: (s) => s.relationsOf('no', ['k'], 1),
        neighbours: (s) => s.neighbours('no', ['k'], 1),
        passagesMentioning: (s) => s.passagesMentioning('no', [['k']], 1),
        failures: (s) => s.failures('no'),
        source: (s) => s.source('no', 'u'),
        sources: (s) => s.sources('no', page),
        documentsOfSource: (s) => s.documentsOfSource('no', 'u'),
        storedSources: (s) => s.storedSources('no', ['u']),
        claimSources: (s) => s.claimSources('no', ['u'], { holder: 'h', ttlMs: 1 }),
        releaseSources: (s) => s.releaseSources('no', 'h'),
        unstaged: (s) => s.unstaged('no', 'e', 1),
        export: (s) => all(s.export('no')),
        commit: () => lease.commit('no', put([])),
        setEnabled: () => lease.setEnabled('no', [], true),
        stageVectors: () => lease.stageVectors('no', EMBEDDER, new Map()),
        switchEmbedder: () => lease.switchEmbedder('no', EMBEDDER),
        deleteCollection: () => lease.deleteCollection('no'),
      };
      for (const [method, call] of Object.entries(calls))
        await assert.rejects(call(store), { name: 'NotFoundError', code: 'COLLECTION_UNKNOWN' }, method);
      assert.equal(await store.collection('no'), undefined);
      await assert.rejects(store.import(lease, 'c', each([])), { code: 'IMPORT_BROKEN' });
    }),
  );

  it(
    'treats names of collections as they are',
    withStore(open, async (store, lease) => {
      const names = ['C', 'c ', "c'; DROP TABLE collection; --", '😀', 'ç', 'c%', '_'];
      for (const name of names) await lease.createCollection(name, EMBEDDER);
      assert.deepEqual(
        (await store.collections()).map(({ name }) => name),
        ['c', ...names].sort(),
      );
      await lease.commit('c ', put([made('c ', { uri: 'x', passages: ['x'] })]));
      assert.deepEqual(
        (await store.collections()).filter(({ counts }) => counts.documents > 0).map(({ name }) => name),
        ['c '],
      );
    }),
  );
}
