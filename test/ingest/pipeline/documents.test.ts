import assert from 'node:assert/strict';
import { deleteDocuments, ingest, setDocumentsEnabled } from '../../../ingest/index.js';
import { NotFoundError } from '../../../src/errors.js';
import { snapshot } from './snapshot.js';
import { COLLECTION, memorySource, openWorkbench, type Workbench } from './workbench.js';

const ADA = memorySource('w/ada.md', '# Ada Lark\n\nAda Lark was born in Port Brin.\n');
const PORT = memorySource('w/port.md', '# Port Brin\n\nPort Brin is a town. Ada Lark left it.\n');
const ROWS = memorySource(
  'w/rows.jsonl',
  '{"id":"a","title":"Glass River","text":"It ends at Port Brin."}\n{"id":"b","title":"Tide Tables","text":"Ada Lark read them."}\n',
);

describe('documents of a collection', () => {
  let bench: Workbench;

  beforeEach(async () => {
    bench = await openWorkbench();
    await ingest(bench.context, [ADA, PORT, ROWS], { collection: COLLECTION });
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  const uris = async (): Promise<string[]> =>
    (await bench.context.store.documents(COLLECTION, { limit: 100 })).items.map(({ document }) => document.uri);

  const idOf = async (uri: string): Promise<string> => (await bench.context.store.documentByUri(COLLECTION, uri))!.id;

  describe('deleting', () => {
    it('takes ids, uris and the uri of the source that holds several', async () => {
      assert.deepEqual(await deleteDocuments(bench.context, COLLECTION, [await idOf('w/ada.md'), 'w/rows.jsonl']), {
        deleted: 3,
      });
      assert.deepEqual(await uris(), ['w/port.md']);
      assert.equal((await bench.context.index.current(COLLECTION)).documentCount, 1);
    });

    it('refolds what named the deleted document', async () => {
      await deleteDocuments(bench.context, COLLECTION, ['w/port.md', 'w/rows.jsonl#b']);
      await using other = await openWorkbench();
      await ingest(
        other.context,
        [ADA, memorySource('w/rows.jsonl', '{"id":"a","title":"Glass River","text":"It ends at Port Brin."}\n')],
        {
          collection: COLLECTION,
        },
      );
      const [state, expected] = [await snapshot(bench.context), await snapshot(other.context)];
      assert.deepEqual(state.mentions, expected.mentions);
      assert.deepEqual(state.index, expected.index);
      assert.deepEqual(state.counts, expected.counts);
    });

    it('lets the next ingest bring back what is still there', async () => {
      await deleteDocuments(bench.context, COLLECTION, ['w/rows.jsonl#b']);
      const summary = await ingest(bench.context, [ADA, PORT, ROWS], { collection: COLLECTION });
      assert.deepEqual([summary.added, summary.unchanged], [1, 3]);
    });

    it('forgets a quarantined source by its uri', async () => {
      await ingest(bench.context, [memorySource('w/empty.md', '')], { collection: COLLECTION });
      assert.deepEqual(await deleteDocuments(bench.context, COLLECTION, ['w/empty.md']), { deleted: 0 });
      assert.deepEqual(await bench.context.store.failures(COLLECTION), []);
    });

    it('forgets the failed parts of a source with its last document, however it was named', async () => {
      const source = memorySource(
        'w/cut.jsonl',
        '{"id":"r0","title":"Glass\n{"id":"r1","title":"Tide Tables","text":"Ada Lark read them."}\n{"id":"r2","text":"Of Port Brin."}\n',
      );
      const failed = async (): Promise<string[]> =>
        (await bench.context.store.failures(COLLECTION)).map(({ uri }) => uri);
      await ingest(bench.context, [source], { collection: COLLECTION });
      assert.deepEqual(await failed(), ['w/cut.jsonl#line=1']);
      await deleteDocuments(bench.context, COLLECTION, [await idOf('w/cut.jsonl#r1')]);
      assert.deepEqual(await failed(), ['w/cut.jsonl#line=1']);
      await deleteDocuments(bench.context, COLLECTION, [await idOf('w/cut.jsonl#r2')]);
      assert.deepEqual(await failed(), []);

      await ingest(bench.context, [source], { collection: COLLECTION });
      const ids = [await idOf('w/cut.jsonl#r1'), await idOf('w/cut.jsonl#r2')];
      await deleteDocuments(bench.context, COLLECTION, ids, { batchDocuments: 1 });
      assert.deepEqual(await failed(), []);
    });

    it('deletes nothing when one of the names is unknown', async () => {
      await assert.rejects(deleteDocuments(bench.context, COLLECTION, ['w/ada.md', 'w/none.md']), (error) => {
        assert.ok(error instanceof NotFoundError);
        assert.match(error.message, /w\/none\.md/);
        return true;
      });
      assert.equal((await uris()).length, 4);
    });
  });

  describe('enabling and disabling', () => {
    it('marks documents in store and index, and tells how many were changed', async () => {
      const names = ['w/ada.md', 'w/rows.jsonl'];
      assert.deepEqual(await setDocumentsEnabled(bench.context, COLLECTION, names, false), { changed: 3 });
      assert.deepEqual(await setDocumentsEnabled(bench.context, COLLECTION, names, false), { changed: 0 });
      const index = await bench.context.index.current(COLLECTION);
      const enabled = [...index.enabled.keys()].filter((d) => index.enabled[d] === 1).map((d) => index.documentId(d));
      assert.deepEqual(enabled, [await idOf('w/port.md')]);
      assert.deepEqual(await setDocumentsEnabled(bench.context, COLLECTION, ['w/ada.md'], true), { changed: 1 });
    });

    it('changes nothing when one of the names is unknown', async () => {
      await assert.rejects(
        setDocumentsEnabled(bench.context, COLLECTION, ['w/ada.md', 'nothing'], false),
        NotFoundError,
      );
      assert.equal((await bench.context.store.documentByUri(COLLECTION, 'w/ada.md'))?.enabled, true);
    });
  });
});
