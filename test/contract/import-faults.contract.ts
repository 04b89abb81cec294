import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SourceError } from '../../src/errors.js';
import { put } from './fixtures.js';
import { all, each, exported, type OpenStore, withStore } from './opened-store.js';
import { transferred as documents, transferredRest as rest } from './transferred.js';

type Json = Record<string, unknown>;

/** An import is whole or not at all. */
export function importFaultsContract(open: OpenStore): void {
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
        ['uri twice', set(find('document', 2), 'uri', 'a.pdf'), 0],
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
    'never half-loads what was damaged at random',
    withStore(open, async (store, lease) => {
      await lease.commit('c', put(documents, rest));
      const lines = await all(store.export('c'));
      const damage = fc.oneof(
        fc.record({ kind: fc.constant('drop' as const), at: fc.nat(lines.length - 1) }),
        fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(lines.length - 1) }),
        fc.record({ kind: fc.constant('swap' as const), at: fc.nat(lines.length - 2) }),
        fc.record({
          kind: fc.constant('edit' as const),
          at: fc.nat(lines.length - 1),
          character: fc.nat(10_000),
          by: fc.constantFrom('', '0', '9', 'a', '"', ',', '-', ' ', '\\', '{', ']', '\u0000'),
        }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 2 }), async (damages) => {
          const damaged = damages.reduce<string[]>((now, one) => {
            const line = now[one.at] ?? '';
            if (one.kind === 'drop') return now.toSpliced(one.at, 1);
            if (one.kind === 'repeat') return now.toSpliced(one.at, 0, line);
            if (one.kind === 'swap') return now.toSpliced(one.at, 2, now[one.at + 1] ?? '', line);
            const place = one.character % (line.length + 1);
            return now.toSpliced(one.at, 1, line.slice(0, place) + one.by + line.slice(place + 1));
          }, lines);
          try {
            await store.import(lease, 'new', each(damaged));
          } catch (error) {
            assert.ok(error instanceof SourceError, String(error));
            assert.ok(error.place.line !== undefined && error.place.line <= damaged.length + 1);
            assert.deepEqual(
              (await store.collections()).map(({ name }) => name),
              ['c'],
            );
            return;
          }
          // The damage made another valid export (a letter of a title, say): it is loaded whole.
          const loaded = await all(store.export('new'));
          await lease.deleteCollection('new');
          await store.import(lease, 'new', each(loaded));
          assert.deepEqual(await exported(store, 'new'), loaded.slice(1));
          await lease.deleteCollection('new');
        }),
        { numRuns: 150 },
      );
      assert.deepEqual(await store.check(), []);
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
}
