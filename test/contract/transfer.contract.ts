import assert from 'node:assert/strict';
import { documentId, passageId } from '../../graph-schema/index.js';
import { made, put, relation } from './fixtures.js';
import { all, each, exported, type OpenStore, withStore } from './opened-store.js';

type Json = Record<string, unknown>;

/** The way out of any store and into any other. */
export function transferContract(open: OpenStore): void {
  const documents = [
    made('c', {
      uri: 'a.pdf',
      title: 'A \0 😀',
      metadata: { z: 1e-7, a: [], m: true, '10': 'x', ['__proto__']: 'own' },
      tags: ['t'],
      date: '2020',
      enabled: false,
      ingestedAt: '2026-05-05T05:05:05.555Z',
      warnings: ['w'],
      passages: [
        {
          text: 'First of a.',
          context: 'h > i',
          page: 3,
          row: 1,
          mentions: [
            {
              key: 'x',
              surface: 'X',
              type: 'event',
              spans: [
                [0, 5],
                [6, 8],
              ],
              about: true,
            },
            { key: 'y', spans: [] },
          ],
          relations: [{ ...relation('x', 'be', 'y', 0.1 + 0.2), negated: true }, relation('y', 'see', 'x', 1 / 3)],
          aliases: [
            { key: 'x', surface: 'X', weight: 0.7, type: 'work' },
            { key: 'xx', surface: 'XX', weight: 0.5 },
          ],
        },
        'Second of a.',
      ],
    }),
    made('c', { uri: 'b#1', source: 'b', passages: [{ text: '', mentions: ['x'] }] }),
    made('c', { uri: 'empty', passages: [] }),
  ];
  const rest = {
    failures: [{ uri: 'f', source: 's', code: 'C', message: 'm', remedy: 'r', contentHash: 'h', failedAt: 'then' }],
    sources: [
      { uri: 'b', contentHash: 'hb' },
      { uri: 'a.pdf', contentHash: 'ha' },
    ],
  };

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
    'refuses an existing collection and leaves it as it was',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents, rest));
      const lines = await all(store.export('c'));
      await assert.rejects(store.import(lease, 'c', each(lines)), { code: 'COLLECTION_EXISTS' });
      assert.deepEqual(await all(store.export('c')), lines);
    }),
  );

  it(
    'refuses a broken line, names it, and stores nothing',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents, rest));
      const lines = await all(store.export('c'));
      const find = (kind: string, nth = 0) =>
        lines.map((line, i) => ({ i, json: JSON.parse(line) as Json })).filter(({ json }) => json['kind'] === kind)[
          nth
        ]!.i;
      const passage = lines.findIndex((line) => line.includes('First of a.') && line.startsWith('{"kind":"passage"'));
      const edit = (i: number, change: (json: Json) => void) => {
        const json = JSON.parse(lines[i]!) as Json;
        change(json);
        return lines.with(i, JSON.stringify(json));
      };
      const set = (i: number, field: string, value: unknown) =>
        edit(i, (json) => {
          json[field] = value;
        });
      const broken: [what: string, lines: string[], line: number, field?: string][] = [
        ['no header', lines.slice(1), 1],
        ['not JSON', lines.with(2, '{"kind":'), 3],
        ['empty line', lines.toSpliced(2, 0, ''), 3],
        ['no end', lines.slice(0, -1), lines.length],
        ['cut in a line', [...lines.slice(0, -1), lines.at(-1)!.slice(0, 9)], lines.length],
        ['unknown field', set(passage, 'extra', 1), passage + 1],
        ['wrong type', set(passage, 'ordinal', '0'), passage + 1, 'ordinal'],
        ['span out of text', set(passage, 'start', 1), passage + 1, 'text'],
        ['another text', set(passage, 'text', 'First of b.'), passage + 1, 'text'],
        ['another document', set(passage, 'documentId', 'd0'), passage + 1, 'documentId'],
        [
          'vectors of other shape',
          edit(passage, (json) => {
            (json['vectors'] as Json)['rows'] = 'AAAA';
          }),
          passage + 1,
          'vectors',
        ],
        [
          'no base64',
          edit(passage, (json) => {
            (json['vectors'] as Json)['scale'] = '*';
          }),
          passage + 1,
          'vectors.scale',
        ],
        [
          'mention after the text',
          edit(passage, (json) => {
            (json['mentions'] as Json[])[0]!['spans'] = [[0, 99]];
          }),
          passage + 1,
          'mentions',
        ],
        [
          'mentions out of order',
          edit(passage, (json) => {
            (json['mentions'] as Json[]).reverse();
          }),
          passage + 1,
          'mentions',
        ],
        ['passage lost', lines.toSpliced(passage, 1), passage + 1, 'ordinal'],
        [
          'document twice',
          lines.toSpliced(find('document', 1), 0, lines[find('document')]!),
          find('document', 1) + 1,
          'id',
        ],
        ['document lost', lines.toSpliced(find('document', 2), 1), 0],
        ['entity lost', lines.toSpliced(find('entity'), 1), find('entity') + 1, 'key'],
        ['last entity lost', lines.toSpliced(find('entity', 1), 1), find('end')],
        ['entity changed', set(find('entity'), 'passages', 7), find('entity') + 1, 'key'],
        [
          'wrong count',
          edit(find('end'), (json) => {
            (json['counts'] as Json)['relations'] = 3;
          }),
          find('end') + 1,
          'counts.relations',
        ],
        ['something after the end', [...lines, lines[find('source')]!], lines.length + 1, 'kind'],
        ['two collections', lines.toSpliced(2, 0, lines[1]!), 3, 'kind'],
        [
          'failure before source',
          lines.toSpliced(find('source'), 0, lines[find('failure')]!),
          find('source') + 2,
          'kind',
        ],
        ['no collection', lines.toSpliced(1, 1), 2, 'kind'],
        [
          'times lost',
          edit(0, (json) => {
            (json['volatile'] as Json)['ingestedAt'] = ['x'];
          }),
          1,
          'volatile.ingestedAt',
        ],
      ];
      for (const [what, edited, line, field] of broken) {
        await assert.rejects(store.import(lease, 'new', each(edited)), (error: { code?: string; place?: Json }) => {
          assert.equal(error.code, 'IMPORT_BROKEN', `${what}: ${String(error)}`);
          if (line > 0) assert.equal(error.place?.['line'], line, what);
          if (field !== undefined) assert.equal(error.place?.['field'], field, what);
          return true;
        });
        assert.equal(await store.collection('new'), undefined, what);
      }
      const newer = lines[0]!.replace('"version":1', '"version":2');
      await assert.rejects(store.import(lease, 'new', each([newer, ...lines.slice(1)])), { code: 'IMPORT_VERSION' });
      assert.deepEqual(
        (await store.collections()).map(({ name }) => name),
        ['c'],
      );
      assert.deepEqual(await all(store.export('c')), lines);
    }),
  );

  it(
    'lets go of an import whose source fails',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents, rest));
      const lines = await all(store.export('c'));
      async function* failing() {
        yield* lines.slice(0, 4);
        throw new Error('pipe broke');
      }
      await assert.rejects(store.import(lease, 'new', failing()), { message: 'pipe broke' });
      assert.equal(await store.collection('new'), undefined);
      await store.import(lease, 'new', each(lines));
      assert.equal((await store.collection('new'))?.counts.documents, 3);
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
