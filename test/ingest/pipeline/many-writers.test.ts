import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deleteDocuments, ingest, type SourceRef, setDocumentsEnabled } from '../../../ingest/index.js';
import { StoreError } from '../../../src/errors.js';
import { applyEdits, type HeldFile, steps } from './linked-documents.js';
import { openContexts } from './shared-writing.js';
import { rebuiltIndexDigest, snapshot } from './snapshot.js';
import { COLLECTION, memorySource, openWorkbench } from './workbench.js';

const sourcesOf = (folder: ReadonlyMap<string, HeldFile>): SourceRef[] =>
  [...folder].map(([uri, { content, modified }]) => memorySource(uri, content, modified));

const fresh = async (folder: ReadonlyMap<string, HeldFile>) => {
  await using bench = await openWorkbench();
  await ingest(bench.context, sourcesOf(folder), { collection: COLLECTION });
  return await snapshot(bench.context);
};

const pausesOf = fc.array(fc.array(fc.nat(6), { maxLength: 7 }), { minLength: 2, maxLength: 3 });

const rotated = <T>(items: readonly T[], by: number): T[] => [...items.slice(by), ...items.slice(0, by)];

const ADA = memorySource('w/ada.md', '# Ada Lark\n\nAda Lark was born in Port Brin.\n');
const PORT = memorySource('w/port.md', '# Port Brin\n\nPort Brin is a town. Ada Lark left it.\n');
const ROWS = memorySource(
  'w/rows.jsonl',
  '{"id":"a","title":"Glass River","text":"It ends at Port Brin."}\n{"id":"b","title":"Tide Tables","text":"Ada Lark read them."}\n',
);
const STILL = [[], []];

/** Lets other work happen when the source is opened. */
const openingAfter = (source: SourceRef, work: () => Promise<unknown>): SourceRef => ({
  ...source,
  open: async (signal) => {
    await work();
    return source.open(signal);
  },
});

describe('several runs on one store that is written by turns', () => {
  it('store what one run stores, whatever they do when', async () => {
    await fc.assert(
      fc.asyncProperty(steps, pausesOf, fc.integer({ min: 1, max: 5 }), async (sequence, pauses, batchPassages) => {
        await using bench = await openWorkbench();
        const { contexts, close } = await openContexts(bench, pauses);
        try {
          const folder = new Map<string, HeldFile>();
          for (const [step, edits] of sequence.entries()) {
            applyEdits(folder, edits, step);
            const options = { collection: COLLECTION, batchPassages, prune: { prefixes: ['w'] } };
            await Promise.all(contexts.map((context, i) => ingest(context, rotated(sourcesOf(folder), i), options)));
          }
          const state = await snapshot(contexts[0]!);
          assert.deepEqual(state, await fresh(folder));
          for (const context of contexts) assert.deepEqual((await snapshot(context)).index, state.index);
          assert.deepEqual(state.index, await rebuiltIndexDigest(bench.context.store));
          assert.deepEqual(await bench.context.store.check(), []);
        } finally {
          await close();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('read each source once', async () => {
    await using bench = await openWorkbench();
    const { contexts, close } = await openContexts(bench, [[], [1], [2, 0]]);
    const sources = Array.from({ length: 60 }, (_, i) =>
      memorySource(`w/${i}.md`, `# Port ${i}\n\nPort ${i} is a town near Port ${i + 1}.\n`),
    );
    try {
      const summaries = await Promise.all(
        contexts.map((context) => ingest(context, sources, { collection: COLLECTION, batchPassages: 5 })),
      );
      const sum = (of: 'added' | 'updated' | 'deleted') => summaries.reduce((total, one) => total + one[of], 0);
      assert.deepEqual([sum('added'), sum('updated'), sum('deleted')], [60, 0, 0]);
      assert.ok(summaries.every(({ added, unchanged }) => added + unchanged === 60));
    } finally {
      await close();
    }
  });

  it('take over what a run claimed that gives no sign of life', async () => {
    await using bench = await openWorkbench();
    const { contexts, close } = await openContexts(bench, [[]]);
    try {
      await ingest(contexts[0]!, [ADA], { collection: COLLECTION });
      const claim = { holder: 'dead', ttlMs: 300 };
      await contexts[0]!.store.claimSources(COLLECTION, [PORT.uri, ROWS.uri], claim);
      const { added, unchanged } = await ingest(contexts[0]!, [PORT, ADA, ROWS], { collection: COLLECTION });
      assert.deepEqual([added, unchanged], [3, 1]);
    } finally {
      await close();
    }
  });

  it('leave claims of a run that ends with an error to the others', async () => {
    await using bench = await openWorkbench();
    const { contexts, close } = await openContexts(bench, STILL);
    try {
      const controller = new AbortController();
      const stopping = openingAfter(PORT, async () => controller.abort());
      const stopped = ingest(contexts[0]!, [ADA, stopping, ROWS], {
        collection: COLLECTION,
        signal: controller.signal,
      });
      await assert.rejects(stopped, { name: 'AbortError' });
      const { added, unchanged } = await ingest(contexts[1]!, [ADA, PORT, ROWS], { collection: COLLECTION });
      assert.equal(added + unchanged, 4);
    } finally {
      await close();
    }
  });

  it('keep what others delete and disable meanwhile, and call no source done that lost a document', async () => {
    await using bench = await openWorkbench();
    const { contexts, close } = await openContexts(bench, STILL);
    const [one, two] = contexts as [(typeof contexts)[0], (typeof contexts)[0]];
    try {
      await ingest(one, [ADA, PORT, ROWS], { collection: COLLECTION });
      const touched = memorySource(ROWS.uri, (await ROWS.open()).bytes, new Date('2022-01-01'));
      const ada = memorySource(ADA.uri, '# Ada Lark\n\nAda Lark left Port Brin.\n');
      const port = openingAfter(memorySource(PORT.uri, '# Port Brin\n\nA town.\n'), async () => {
        await deleteDocuments(two, COLLECTION, ['w/rows.jsonl#b']);
        await setDocumentsEnabled(two, COLLECTION, [ADA.uri], false);
      });
      await ingest(one, [touched, ada, port], { collection: COLLECTION });
      assert.equal(await one.store.documentByUri(COLLECTION, 'w/rows.jsonl#b'), undefined);
      assert.equal(await one.store.source(COLLECTION, ROWS.uri), undefined);
      assert.equal((await one.store.documentByUri(COLLECTION, ADA.uri))?.enabled, false);
      assert.equal(
        (await one.store.documentByUri(COLLECTION, ROWS.uri.concat('#a')))?.date,
        '2022-01-01T00:00:00.000Z',
      );
      const { added } = await ingest(two, [touched, ada], { collection: COLLECTION });
      assert.equal(added, 1);
      await setDocumentsEnabled(two, COLLECTION, [ADA.uri], true);
      const folder = new Map([
        [ROWS.uri, { content: new TextDecoder().decode((await ROWS.open()).bytes), modified: new Date('2022-01-01') }],
        [ADA.uri, { content: '# Ada Lark\n\nAda Lark left Port Brin.\n', modified: ADA.modified! }],
        [PORT.uri, { content: '# Port Brin\n\nA town.\n', modified: PORT.modified! }],
      ]);
      assert.deepEqual(await snapshot(two), await fresh(folder));
    } finally {
      await close();
    }
  });

  it('ask again what is stored of sources that come later, once others have written', async () => {
    await using bench = await openWorkbench();
    const { contexts, close } = await openContexts(bench, STILL);
    const [one, two] = contexts as [(typeof contexts)[0], (typeof contexts)[0]];
    try {
      await ingest(one, [ADA, PORT, ROWS], { collection: COLLECTION });
      const touched = memorySource(ROWS.uri, (await ROWS.open()).bytes, new Date('2022-01-01'));
      const ada = openingAfter(memorySource(ADA.uri, '# Ada Lark\n\nAda Lark left Port Brin.\n'), () =>
        deleteDocuments(two, COLLECTION, ['w/rows.jsonl#b']),
      );
      const port = memorySource(PORT.uri, '# Port Brin\n\nA town.\n');
      const more = memorySource('w/more.md', '# Tide Tables\n\nThey are kept in Port Brin.\n');
      // Each commit is awaited by the next, so the deletion is known before the rows are compared with what was stored.
      const { added } = await ingest(one, [ada, port, more, touched], { collection: COLLECTION, batchPassages: 1 });
      assert.equal(added, 2);
      assert.equal((await one.store.documentByUri(COLLECTION, 'w/rows.jsonl#b'))?.date, '2022-01-01T00:00:00.000Z');
      assert.notEqual(await one.store.source(COLLECTION, ROWS.uri), undefined);
    } finally {
      await close();
    }
  });

  it('end with the error of a commit that went on beside the reading, and leave what it held to the next run', async () => {
    for (const failing of [1, 2, 3]) {
      await using bench = await openWorkbench();
      const { contexts, close } = await openContexts(bench, [[1, 0, 2]]);
      const [context] = contexts as [(typeof contexts)[0]];
      try {
        let commits = 0;
        const acquireWriter: typeof context.store.acquireWriter = async (options) => {
          const lease = await context.store.acquireWriter(options);
          const commit: typeof lease.commit = async (...batch) => {
            if (++commits === failing) throw new StoreError('STORE_FULL', 'No space is left', { remedy: 'Make room.' });
            return lease.commit(...batch);
          };
          return Object.create(lease, {
            commit: { value: commit },
            createCollection: { value: lease.createCollection.bind(lease) },
            [Symbol.asyncDispose]: { value: () => lease.release() },
          });
        };
        const store = Object.create(context.store, { acquireWriter: { value: acquireWriter } });
        const options = { collection: COLLECTION, batchPassages: 1 };
        await assert.rejects(ingest({ ...context, store }, [ADA, ROWS, PORT], options), { code: 'STORE_FULL' });
        assert.equal(await context.store.source(COLLECTION, PORT.uri), undefined);
        await ingest(context, [ADA, ROWS, PORT], options);
        const sources = [ADA, ROWS, PORT].map(async ({ uri, open, modified }) => {
          const content = new TextDecoder().decode((await open()).bytes);
          return [uri, { content, modified: modified! }] as const;
        });
        assert.deepEqual(await snapshot(context), await fresh(new Map(await Promise.all(sources))));
      } finally {
        await close();
      }
    }
  });

  it('do not prune what another run found later', async () => {
    await using bench = await openWorkbench();
    const { contexts, close } = await openContexts(bench, STILL);
    const [one, two] = contexts as [(typeof contexts)[0], (typeof contexts)[0]];
    try {
      await ingest(one, [PORT], { collection: COLLECTION });
      const prune = { prefixes: ['w'] };
      const ada = openingAfter(ADA, () => ingest(two, [PORT, ROWS], { collection: COLLECTION }));
      const { deleted } = await ingest(one, [ada], { collection: COLLECTION, prune });
      assert.equal(deleted, 1);
      const uris = (await one.store.documents(COLLECTION, { limit: 10 })).items.map(({ document }) => document.uri);
      assert.deepEqual(uris, ['w/ada.md', 'w/rows.jsonl#a', 'w/rows.jsonl#b']);
    } finally {
      await close();
    }
  });
});
