import assert from 'node:assert/strict';
import { ENTITY_TYPES } from '../../graph-schema/index.js';
import { made, put, relation, remove } from './fixtures.js';
import { type OpenStore, withStore } from './opened-store.js';

/** Entities, relations and neighbourhoods as folds over what passages say. */
export function graphContract(open: OpenStore): void {
  it(
    'aggregates an entity over its mentions',
    withStore(open, async (store, lease) => {
      const documents = [
        made('c', {
          uri: 'a',
          passages: [
            {
              text: 'aaaaaa',
              mentions: [
                {
                  key: 'ada',
                  surface: 'Ada',
                  type: 'other',
                  spans: [
                    [0, 3],
                    [4, 6],
                  ],
                },
              ],
            },
            { text: 'bbbbbb', mentions: [{ key: 'ada', surface: 'ADA', type: 'person', spans: [], about: true }] },
          ],
        }),
        made('c', {
          uri: 'b',
          passages: [
            {
              text: 'cccccc',
              mentions: [
                {
                  key: 'ada',
                  surface: 'Aaa',
                  type: 'place',
                  spans: [
                    [1, 2],
                    [3, 4],
                  ],
                },
              ],
            },
          ],
        }),
      ];
      await lease.commit('c', put(documents));
      // Two spans each for "Ada" and "Aaa": the tie goes to the smaller; type `other` never wins over a known one.
      assert.deepEqual(await store.entity('c', 'ada'), {
        key: 'ada',
        name: 'Aaa',
        type: 'place',
        surfaces: ['Aaa', 'Ada', 'ADA'],
        mentions: 5,
        passages: 3,
        documents: 2,
      });
      await lease.commit('c', remove(documents[1]!.stored.document.id));
      assert.deepEqual(await store.entity('c', 'ada'), {
        key: 'ada',
        name: 'Ada',
        type: 'person',
        surfaces: ['Ada', 'ADA'],
        mentions: 3,
        passages: 2,
        documents: 1,
      });
    }),
  );

  it(
    'breaks ties of types in the order of ENTITY_TYPES',
    withStore(open, async (store, lease) => {
      const types = [...ENTITY_TYPES].reverse();
      await lease.commit(
        'c',
        put([
          made('c', {
            uri: 'a',
            passages: types.map((type, i) => ({ text: `p${i}`, mentions: [{ key: 'k', type }] })),
          }),
          made('c', { uri: 'b', passages: [{ text: 'only', mentions: [{ key: 'o', type: 'other' }] }] }),
        ]),
      );
      assert.equal((await store.entity('c', 'k'))?.type, 'person');
      assert.equal((await store.entity('c', 'o'))?.type, 'other');
    }),
  );

  it(
    'lists entities in key order by prefix and type',
    withStore(open, async (store, lease) => {
      const keys = ['a', 'ab', 'ab c', 'abc', 'b', 'z\uffff', 'z\u{10ffff}', 'ünal'];
      await lease.commit(
        'c',
        put([
          made('c', {
            uri: 'a',
            passages: [
              { text: 'x', mentions: keys.map((key, i) => ({ key, type: i % 2 === 0 ? 'person' : 'place' })) },
            ],
          }),
        ]),
      );
      const list = async (request: { prefix?: string; type?: 'person' | 'place'; limit: number }) => {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.entities('c', after === undefined ? request : { ...request, after });
          assert.ok(page.items.length <= request.limit);
          seen.push(...page.items.map(({ key }) => key));
          after = page.next;
        } while (after !== undefined);
        return seen;
      };
      const sorted = [...keys].sort();
      for (const limit of [1, 2, 8, 100]) {
        assert.deepEqual(await list({ limit }), sorted);
        assert.deepEqual(await list({ limit, prefix: 'ab' }), ['ab', 'ab c', 'abc']);
        assert.deepEqual(await list({ limit, prefix: 'z' }), ['z\u{10ffff}', 'z\uffff']);
        assert.deepEqual(await list({ limit, prefix: 'z\u{10ffff}' }), ['z\u{10ffff}']);
        assert.deepEqual(await list({ limit, prefix: 'q' }), []);
        assert.deepEqual(
          await list({ limit, type: 'person' }),
          sorted.filter((key) => keys.indexOf(key) % 2 === 0),
        );
        assert.deepEqual(await list({ limit, prefix: 'ab', type: 'place' }), ['ab', 'abc']);
      }
      assert.equal((await store.entities('c', { limit: 5, prefix: 'ab', after: 'abc' })).items.length, 0);
    }),
  );

  it(
    'finds relations at either end, strongest first',
    withStore(open, async (store, lease) => {
      const value = { ...relation('ada', 'be born in', '1815', 0.9), negated: true, hedged: true };
      const dated = {
        ...value,
        object: { key: '1815', surface: '1815', span: [3, 7] as const, kind: 'value' as const, type: 'date' as const },
      };
      const document = made('c', {
        uri: 'a',
        passages: [
          { text: 'one 1815', relations: [relation('ada', 'know', 'bob', 0.5), dated] },
          { text: 'two', relations: [relation('bob', 'know', 'cid', 0.7), relation('ada', 'love', 'ada', 1)] },
        ],
      });
      await lease.commit('c', put([document]));
      const [first, second] = document.stored.passages.map(({ passage }) => passage.id);
      const documentId = document.stored.document.id;
      const found = await store.relationsOf('c', ['ada'], 10);
      assert.deepEqual(found, [
        { ...relation('ada', 'love', 'ada', 1), passageId: second, documentId },
        { ...dated, passageId: first, documentId },
        { ...relation('ada', 'know', 'bob', 0.5), passageId: first, documentId },
      ]);
      const both = await store.relationsOf('c', ['bob', 'ada', 'bob', 'nobody'], 10);
      assert.deepEqual(
        both.map(({ confidence }) => confidence),
        [1, 0.9, 0.7, 0.5],
      );
      assert.deepEqual(
        (await store.relationsOf('c', ['bob', 'ada'], 2)).map(({ predicate }) => predicate),
        ['love', 'be born in'],
      );
      assert.deepEqual(
        (await store.relationsOf('c', ['1815'], 10)).map(({ predicate }) => predicate),
        ['be born in'],
      );
      assert.equal((await store.collection('c'))?.counts.relations, 4);
      assert.equal(await store.entity('c', 'cid'), undefined, 'an end of a relation alone is no entity');
      await lease.commit('c', remove(documentId));
      assert.deepEqual(await store.relationsOf('c', ['ada', 'bob', '1815'], 10), []);
    }),
  );

  it(
    'breaks ties of relations by passage id, then position',
    withStore(open, async (store, lease) => {
      const documents = ['a', 'b', 'c'].map((uri) =>
        made('c', {
          uri,
          passages: [
            { text: uri, relations: [relation('x', 'p', 'y'), relation('y', 'q', 'x'), relation('x', 'r', uri)] },
          ],
        }),
      );
      await lease.commit('c', put(documents));
      const passages = documents.map(({ stored }) => stored.passages[0]!.passage.id).sort();
      const expected = passages.flatMap((id) => ['p', 'q', 'r'].map((predicate) => `${id} ${predicate}`));
      for (const limit of [1, 4, 9, 50]) {
        const found = await store.relationsOf('c', ['y', 'x'], limit);
        assert.deepEqual(
          found.map(({ passageId, predicate }) => `${passageId} ${predicate}`),
          expected.slice(0, limit),
        );
      }
    }),
  );

  it(
    'counts shared passages of neighbours',
    withStore(open, async (store, lease) => {
      await lease.commit(
        'c',
        put([
          made('c', {
            uri: 'a',
            passages: [
              { text: '1', mentions: ['x', 'y', 'z'] },
              { text: '2', mentions: ['x', 'y'] },
            ],
          }),
          made('c', {
            uri: 'b',
            passages: [
              { text: '3', mentions: ['x', 'a'] },
              { text: '4', mentions: ['lonely'] },
            ],
          }),
        ]),
      );
      const found = await store.neighbours('c', ['x', 'lonely', 'nobody', 'z'], 10);
      assert.deepEqual(
        [...found],
        [
          [
            'x',
            [
              { key: 'y', passages: 2 },
              { key: 'a', passages: 1 },
              { key: 'z', passages: 1 },
            ],
          ],
          ['lonely', []],
          ['nobody', []],
          [
            'z',
            [
              { key: 'x', passages: 1 },
              { key: 'y', passages: 1 },
            ],
          ],
        ],
      );
      assert.deepEqual((await store.neighbours('c', ['x'], 2)).get('x'), [
        { key: 'y', passages: 2 },
        { key: 'a', passages: 1 },
      ]);
    }),
  );
}
