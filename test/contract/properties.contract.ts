import assert from 'node:assert/strict';
import fc from 'fast-check';
import { documentId, ENTITY_TYPES, type Mention } from '../../graph-schema/index.js';
import type { GraphStore, WriteBatch, WriterLease } from '../../src/ports/index.js';
import { type DocumentSpec, EMBEDDER, type MentionSpec, made, put, relation } from './fixtures.js';
import { ModelStore } from './model-store.js';
import { all, each, exported, type OpenStore, withStore } from './opened-store.js';

const URIS = ['a', 'b/c', 'b', 'é', '\u{1d400}'];
const KEYS = ['x', 'y', 'xy', 'z', '\uff21', '\u{1d400}'];

const key = fc.constantFrom(...KEYS);
const mention: fc.Arbitrary<MentionSpec> = fc.record({
  key,
  surface: fc.constantFrom('X', 'x', 'Y', 'é'),
  type: fc.constantFrom(...ENTITY_TYPES),
  spans: fc.constantFrom(
    [],
    [[0, 1]],
    [
      [0, 1],
      [1, 2],
    ],
  ) as fc.Arbitrary<[number, number][]>,
  about: fc.boolean(),
});
const mentions = fc.uniqueArray(mention, { maxLength: 4, selector: ({ key: unique }) => unique });
const passage = fc.record({
  text: fc.string({ unit: 'grapheme', minLength: 2, maxLength: 8 }),
  context: fc.constantFrom('', 'h'),
  mentions,
  relations: fc.array(
    fc
      .tuple(key, fc.constantFrom('be', 'see'), key, fc.constantFrom(0, 0.25, 1 / 3, 1))
      .map(([s, p, o, c]) => relation(s, p, o, c)),
    { maxLength: 2 },
  ),
});
const document: fc.Arbitrary<DocumentSpec> = fc.record({
  uri: fc.constantFrom(...URIS),
  title: fc.string({ maxLength: 4 }),
  metadata: fc.dictionary(
    fc.string({ maxLength: 3 }),
    fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
    { noNullPrototype: true },
  ),
  enabled: fc.boolean(),
  passages: fc.array(passage, { maxLength: 3 }),
});

type Step =
  | {
      readonly kind: 'commit';
      readonly put: readonly DocumentSpec[];
      readonly remove: readonly string[];
      readonly fail?: string;
      readonly refold: readonly (readonly [number, readonly MentionSpec[]])[];
    }
  | { readonly kind: 'enable'; readonly uris: readonly string[]; readonly enabled: boolean }
  | { readonly kind: 'broken'; readonly put: readonly DocumentSpec[] };

const uris = fc.uniqueArray(fc.constantFrom(...URIS), { maxLength: 3 });
const documents = fc.uniqueArray(document, { maxLength: 3, selector: ({ uri }) => uri });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      put: documents,
      remove: uris,
      fail: fc.constantFrom(...URIS),
      refold: fc.array(fc.tuple(fc.nat(20), mentions), { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('enable' as const), uris, enabled: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('broken' as const), put: documents }) },
);

const mentionOf = (spec: MentionSpec): Mention => ({
  key: spec.key,
  surface: spec.surface!,
  type: spec.type!,
  spans: spec.spans!,
  about: spec.about!,
});

/** Random histories: the store equals the model after each step, and equal content is equal bytes whatever the history. */
export function propertiesContract(open: OpenStore): void {
  it(
    'equals a model of maps and scans after every write',
    withStore(open, async (store, lease) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
          const { model, first } = await fresh(store, lease);
          for (const one of steps) {
            await apply(one, model, store, lease);
            await assertEqual(store, model, first);
          }
        }),
        { numRuns: 40 },
      );
      assert.deepEqual(await store.check(), []);
    }),
  );

  it(
    'exports equal bytes for equal content, whatever the history, and after an import',
    withStore(open, async (store, lease) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.nat(1000), async (steps, turn) => {
          const { model } = await fresh(store, lease);
          for (const one of steps) await apply(one, model, store, lease);
          const lines = await all(store.export('c'));

          await fresh(store, lease);
          const left = [...model.documents.values()];
          const turned = [
            ...left.slice(turn % (left.length + 1)),
            ...left.slice(0, turn % (left.length + 1)),
          ].reverse();
          for (const one of turned) await lease.commit('c', put([one]));
          await lease.commit('c', put([], { mentions: model.mentions, failures: [...model.failures.values()] }));
          assert.deepEqual(await exported(store), lines.slice(1));

          await lease.deleteCollection('c');
          await store.import(lease, 'c', each(lines));
          assert.deepEqual(await exported(store), lines.slice(1));
        }),
        { numRuns: 30 },
      );
      assert.deepEqual(await store.check(), []);
    }),
  );
}

async function fresh(store: GraphStore, lease: WriterLease): Promise<{ model: ModelStore; first: number }> {
  await lease.deleteCollection('c');
  await lease.createCollection('c', EMBEDDER);
  return { model: new ModelStore(), first: await store.generation('c') };
}

async function apply(one: Step, model: ModelStore, store: GraphStore, lease: WriterLease): Promise<void> {
  if (one.kind === 'broken') {
    const batch = put(one.put.map((spec) => made('c', spec)));
    const mentions = new Map([...batch.mentions, ['p-unknown', []] as const]);
    await assert.rejects(lease.commit('c', { ...batch, mentions }), { code: 'UNKNOWN_PASSAGE' });
    return;
  }
  model.generation++;
  if (one.kind === 'enable') {
    const ids = one.uris.map((uri) => documentId('c', uri));
    for (const id of ids) model.setEnabled(id, one.enabled);
    await lease.setEnabled('c', ids, one.enabled);
    return;
  }
  const documents = one.put.map((spec) => made('c', spec));
  const putIds = new Set(documents.map(({ stored }) => stored.document.id));
  const remove = one.remove.map((uri) => documentId('c', uri));
  for (const id of remove) if (!putIds.has(id)) model.remove(id);
  model.put(documents);
  const batch: WriteBatch = put(documents, { remove });
  const folded = new Map(batch.mentions);
  for (const [position, specs] of one.refold) {
    const id = model.passageIds[position];
    if (id === undefined) continue;
    model.refold(id, specs.map(mentionOf));
    folded.set(id, specs.map(mentionOf));
  }
  const failure =
    one.fail === undefined
      ? []
      : [{ uri: one.fail, code: 'F', message: 'm', remedy: 'r', contentHash: 'h', failedAt: 't' }];
  for (const record of failure) model.failures.set(record.uri, record);
  await lease.commit('c', { ...batch, mentions: folded, failures: failure });
  assert.equal(await store.generation('c').then((now) => now > 0), true);
}

async function assertEqual(store: GraphStore, model: ModelStore, first: number): Promise<void> {
  const info = await store.collection('c');
  assert.deepEqual(info?.counts, model.counts());
  assert.equal(info?.generation, first + model.generation);
  const records = [...model.documents.values()].map(({ stored }) => stored.document);
  const listed = (await store.documents('c', { limit: 1000 })).items.map((item) => item.document);
  assert.deepEqual(
    listed,
    records.sort((a, b) => (a.uri < b.uri ? -1 : 1)),
  );
  assert.deepEqual((await store.entities('c', { limit: 1000 })).items, model.entities());
  const asked = [...KEYS, 'nobody', KEYS[0]!];
  const known = new Map(model.entities().map((entity) => [entity.key, entity]));
  assert.deepEqual(
    await store.entitiesOf('c', asked),
    asked.map((key) => known.get(key)),
  );
  for (const id of model.passageIds) assert.deepEqual(await store.mentionsOf('c', id), model.mentions.get(id));
  const backwards = [...model.passageIds, 'p-unknown'].reverse();
  assert.deepEqual(
    await store.mentionsOfEach('c', backwards),
    backwards.map((id) => model.mentions.get(id) ?? []),
  );
  for (const limit of [1, 3, 100]) {
    assert.deepEqual(await store.relationsOf('c', ['x', 'z'], limit), model.relationsOf(['x', 'z'], limit));
    const neighbours = await store.neighbours('c', KEYS, limit);
    for (const one of KEYS) assert.deepEqual(neighbours.get(one), model.neighbours(one, limit));
    const groups = [
      ...KEYS.map((one) => [one]),
      KEYS.slice(0, 2),
      KEYS,
      [KEYS[0]!, KEYS[0]!],
      [],
      ['nobody', KEYS[0]!],
    ];
    assert.deepEqual(
      await store.passagesMentioning('c', groups, limit),
      groups.map((keys) => model.passagesMentioning(keys, limit)),
    );
  }
  const failures = [...model.failures.values()].sort((a, b) => (a.uri < b.uri ? -1 : 1));
  assert.deepEqual(await store.failures('c'), failures);
  for (let since = 0; since <= model.generation; since++) {
    const changes = await store.changes('c', since === 0 ? 0 : first + since);
    const documents = await all(changes.put);
    const expected = model.changes(since);
    assert.deepEqual(
      documents.map((one) => one.document.id),
      expected.put,
      `put since ${since}`,
    );
    assert.deepEqual(changes.removed, expected.removed, `removed since ${since}`);
    for (const { document, passages } of documents) {
      const { stored } = model.documents.get(document.id)!;
      assert.deepEqual({ document, passages }, { document: stored.document, passages: stored.passages });
    }
  }
}
