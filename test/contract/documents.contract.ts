import assert from 'node:assert/strict';
import { type DocumentSpec, EMBEDDER, made, put, remove } from './fixtures.js';
import { all, type OpenStore, withStore } from './opened-store.js';

/** Collections, documents, passages and lists. */
export function documentsContract(open: OpenStore): void {
  it(
    'creates, lists and deletes collections',
    withStore(open, async (store, lease) => {
      await lease.createCollection('b', { id: 'other', dimensions: 8 });
      const counts = { documents: 0, passages: 0, entities: 0, relations: 0, mentions: 0, failures: 0 };
      assert.deepEqual(await store.collections(), [
        { name: 'b', embedder: { id: 'other', dimensions: 8 }, generation: 0, counts },
        { name: 'c', embedder: EMBEDDER, generation: 0, counts },
      ]);
      await assert.rejects(lease.createCollection('b', EMBEDDER), { code: 'COLLECTION_EXISTS' });
      await lease.deleteCollection('b');
      assert.deepEqual(
        (await store.collections()).map(({ name }) => name),
        ['c'],
      );
      assert.equal(await store.collection('b'), undefined);
      await assert.rejects(lease.deleteCollection('b'), { code: 'COLLECTION_UNKNOWN' });
    }),
  );

  it(
    'gives back a document as it was put',
    withStore(open, async (store, lease) => {
      const spec: DocumentSpec = {
        uri: 'papers.zip!/a/b.pdf',
        source: 'papers.zip',
        title: 'Über “Graphen”',
        metadata: { year: 1999, ok: true, ratio: 0.1, authors: ['Ada', 'Bob'], note: '' },
        tags: ['x', 'y'],
        date: '1999-05-01',
        warnings: ['lone surrogate'],
        passages: [
          { text: 'First page.', context: 'Heading > Sub', page: 1 },
          { text: 'Second, of a table.', row: 7, page: 2 },
        ],
      };
      const { stored, mentions } = made('c', spec);
      await lease.commit('c', put([{ stored, mentions }]));
      const { document, text, passages } = stored;
      assert.deepEqual(await store.document('c', document.id), {
        document,
        text,
        passages: 2,
        characters: text.length,
      });
      assert.deepEqual(await store.documentByUri('c', document.uri), document);
      assert.deepEqual(
        await store.passagesOf('c', document.id),
        passages.map(({ passage }) => passage),
      );
    }),
  );

  it(
    'answers unknown ids with nothing',
    withStore(open, async (store) => {
      assert.equal(await store.document('c', 'd0'), undefined);
      assert.equal(await store.documentByUri('c', 'nowhere'), undefined);
      assert.deepEqual(await store.documentRecords('c', ['d0']), []);
      assert.deepEqual(await store.passagesOf('c', 'd0'), []);
      assert.deepEqual(await store.passages('c', ['p0']), []);
      assert.deepEqual(await store.mentionsOf('c', 'p0'), []);
      assert.equal(await store.entity('c', 'nobody'), undefined);
      assert.deepEqual(await store.relationsOf('c', ['nobody'], 10), []);
      assert.deepEqual(await store.neighbours('c', ['nobody'], 10), new Map([['nobody', []]]));
      assert.equal(await store.source('c', 'nowhere'), undefined);
      assert.deepEqual(await store.documentsOfSource('c', 'nowhere'), []);
    }),
  );

  it(
    'gives records and passages in the order asked',
    withStore(open, async (store, lease) => {
      const documents = ['a', 'b', 'c'].map((uri) => made('c', { uri, passages: [uri, `${uri}2`] }));
      await lease.commit('c', put(documents));
      const ids = documents.map(({ stored }) => stored.document.id);
      const records = await store.documentRecords('c', [ids[2]!, 'd0', ids[0]!]);
      assert.deepEqual(records, [documents[2]!.stored.document, documents[0]!.stored.document]);
      const passages = documents.flatMap(({ stored }) => stored.passages.map(({ passage }) => passage));
      const asked = [passages[5]!, passages[0]!, passages[3]!];
      assert.deepEqual(await store.passages('c', ['p0', ...asked.map(({ id }) => id)]), asked);
    }),
  );

  it(
    'reads evidence in the order asked as it stands, also what was read before another handle changed it',
    withStore(open, async (store, lease, { reopen }) => {
      const specs: DocumentSpec[] = ['a', 'b'].map((uri) => ({
        uri,
        passages: [{ text: 'Ada met Bo.', mentions: ['ada', 'bo'] }, `more of ${uri}`],
      }));
      const documents = specs.map((spec) => made('c', spec));
      await lease.commit('c', put(documents));
      const [a, b] = documents.map(({ stored }) => stored);
      const reader = await reopen();
      const read = async (request: { readonly passages: readonly string[]; readonly documents: readonly string[] }) => {
        const { generation } = (await reader.collection('c'))!;
        return reader.evidence('c', { ...request, generation });
      };
      const ids = [b!, a!].flatMap(({ passages }) => passages.map(({ passage }) => passage.id));
      const asked = { passages: ['p0', ...ids], documents: [b!.document.id, 'd0', a!.document.id] };
      const held = async () => ({
        passages: await Promise.all(
          (await store.passages('c', ids)).map(async (passage) => ({
            passage,
            mentions: await store.mentionsOf('c', passage.id),
          })),
        ),
        documents: await store.documentRecords('c', asked.documents),
      });
      const first = await held();
      assert.equal(first.passages.length, 4);
      assert.deepEqual(
        first.passages[0]!.mentions.map(({ key }) => key),
        ['ada', 'bo'],
      );
      for (let i = 0; i < 2; i++) assert.deepEqual(await read(asked), first);
      assert.deepEqual(await read({ passages: [], documents: [] }), { passages: [], documents: [] });
      await lease.commit('c', { ...put([made('c', { ...specs[0]!, title: 'New' })]), remove: [b!.document.id] });
      const second = await held();
      assert.deepEqual(
        second.documents.map(({ title }) => title),
        ['New'],
      );
      for (let i = 0; i < 2; i++) assert.deepEqual(await read(asked), second);
      await lease.setEnabled('c', [a!.document.id], false);
      assert.equal((await read(asked)).documents[0]?.enabled, false);
      await lease.deleteCollection('c');
      assert.equal(await reader.collection('c'), undefined);
      await assert.rejects(reader.evidence('c', { ...asked, generation: 2 }), { code: 'COLLECTION_UNKNOWN' });
    }),
  );

  it(
    'lists documents by uri in code unit order, page by page',
    withStore(open, async (store, lease) => {
      // By code point U+FF21 comes before U+1D400; by UTF-16 code unit after it.
      const uris = ['', '/', 'B', 'a', 'a/b', 'ab', 'é', '\u{1d400}', '\uff21'];
      const shuffled = [4, 0, 8, 2, 7, 1, 5, 3, 6].map((i) => uris[i]!);
      await lease.commit('c', put(shuffled.map((uri) => made('c', { uri, title: uri, passages: ['x'] }))));
      assert.deepEqual([...uris].sort(), uris);
      for (const limit of [1, 2, 3, 9, 1000]) {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.documents('c', after === undefined ? { limit } : { limit, after });
          assert.ok(page.items.length <= limit);
          seen.push(...page.items.map(({ document }) => document.uri));
          after = page.next;
        } while (after !== undefined);
        assert.deepEqual(seen, uris, `limit ${limit}`);
      }
      const rest = await store.documents('c', { limit: 10, after: 'a/a' });
      assert.deepEqual(
        rest.items.map(({ document }) => document.uri),
        uris.slice(4),
      );
    }),
  );

  it(
    'refuses a page of no or too many items',
    withStore(open, async (store) => {
      for (const limit of [0, -1, 1001, 1.5, Number.NaN]) {
        await assert.rejects(store.documents('c', { limit }), { code: 'BAD_LIMIT' });
        await assert.rejects(store.entities('c', { limit }), { code: 'BAD_LIMIT' });
      }
    }),
  );

  it(
    'replaces a document whole',
    withStore(open, async (store, lease) => {
      const first = made('c', {
        uri: 'a',
        passages: [
          { text: 'one', mentions: ['x'] },
          { text: 'two', mentions: ['y'] },
        ],
      });
      await lease.commit('c', put([first]));
      const second = made('c', { uri: 'a', title: 'new', passages: [{ text: 'three', mentions: ['y', 'z'] }] });
      await lease.commit('c', put([second]));
      const { id } = second.stored.document;
      assert.equal((await store.document('c', id))?.text, 'three');
      assert.deepEqual(
        (await store.passagesOf('c', id)).map(({ text }) => text),
        ['three'],
      );
      assert.deepEqual(
        await store.passages(
          'c',
          first.stored.passages.map(({ passage }) => passage.id),
        ),
        [],
      );
      assert.deepEqual(
        (await store.entities('c', { limit: 10 })).items.map(({ key }) => key),
        ['y', 'z'],
      );
      assert.deepEqual((await store.collection('c'))?.counts, {
        documents: 1,
        passages: 1,
        entities: 2,
        relations: 0,
        mentions: 2,
        failures: 0,
      });
    }),
  );

  it(
    'removes documents, ignores unknown ids, and is empty again',
    withStore(open, async (store, lease) => {
      const documents = ['a', 'b'].map((uri) => made('c', { uri, passages: [{ text: uri, mentions: ['x', uri] }] }));
      const empty = (await all(store.export('c'))).slice(1);
      await lease.commit('c', put(documents));
      await lease.commit('c', remove('d0', documents[0]!.stored.document.id));
      assert.deepEqual(
        (await store.documents('c', { limit: 5 })).items.map(({ document }) => document.uri),
        ['b'],
      );
      await lease.commit('c', remove(documents[1]!.stored.document.id));
      assert.deepEqual((await all(store.export('c'))).slice(1), empty);
    }),
  );

  it(
    'keeps documents without passages and passages without mentions',
    withStore(open, async (store, lease) => {
      const nothing = made('c', { uri: 'empty', passages: [] });
      await lease.commit('c', put([nothing, made('c', { uri: 'plain', passages: ['x'] })]));
      assert.deepEqual(await store.passagesOf('c', nothing.stored.document.id), []);
      assert.deepEqual(await store.document('c', nothing.stored.document.id), {
        document: nothing.stored.document,
        text: '',
        passages: 0,
        characters: 0,
      });
    }),
  );

  it(
    'keeps any text: astral, NUL, U+FFFD, marks, right to left',
    withStore(open, async (store, lease) => {
      const texts = [
        'a\0b\0',
        '\0',
        '😀 𐀀 é ﷽',
        '\ufffd\ufeff\u200f\u202e',
        'नमस्ते สวัสดี 你好',
        'quote \' " ` ; -- \\ \n\r\t',
      ];
      const documents = texts.map((text, i) =>
        made('c', {
          uri: `u${i} ${text.replaceAll('\0', '')}`,
          title: text,
          metadata: { note: text, [`key ${text}`]: [text] },
          tags: [text],
          passages: [{ text, context: text, mentions: [{ key: `k${i} ${text}`, surface: text }] }],
        }),
      );
      await lease.commit('c', put(documents));
      for (const { stored, mentions } of documents) {
        const { document, text, passages } = stored;
        assert.deepEqual(await store.document('c', document.id), {
          document,
          text,
          passages: 1,
          characters: text.length,
        });
        assert.deepEqual(await store.documentByUri('c', document.uri), document);
        const [passage] = await store.passagesOf('c', document.id);
        assert.deepEqual(passage, passages[0]!.passage);
        assert.deepEqual(await store.mentionsOf('c', passage!.id), [...mentions.values()][0]);
        const key = [...mentions.values()][0]![0]!.key;
        assert.equal((await store.entity('c', key))?.key, key);
      }
    }),
  );

  it(
    'never shifts spans at a lone surrogate',
    withStore(open, async (store, lease) => {
      const text = 'a\ud800b \udc00c';
      const { stored, mentions } = made('c', { uri: 'lone', passages: [text] });
      await lease.commit('c', put([{ stored, mentions }]));
      const found = await store.document('c', stored.document.id);
      assert.ok(found?.text === text || found?.text === text.replace(/[\ud800-\udfff]/g, '\ufffd'));
      const [passage] = await store.passagesOf('c', stored.document.id);
      assert.equal(passage?.text, found?.text);
    }),
  );

  it(
    'keeps a document of five megabytes',
    withStore(open, async (store, lease) => {
      const paragraph = 'Fünf Megabyte Text sind viel, 😀 aber nicht zu viel. ';
      const passage = paragraph.repeat(200);
      const document = made('c', { uri: 'large', passages: Array.from({ length: 500 }, (_, i) => `${i} ${passage}`) });
      assert.ok(document.stored.text.length > 5_000_000);
      await lease.commit('c', put([document]));
      const found = await store.document('c', document.stored.document.id);
      assert.ok(found?.text === document.stored.text);
      for (const { start, end, text } of await store.passagesOf('c', document.stored.document.id))
        assert.ok(found.text.slice(start, end) === text);
    }),
  );
}
