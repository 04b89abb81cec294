import assert from 'node:assert/strict';
import { ingest, reembed } from '../../../ingest/index.js';
import { ModelError, NotFoundError } from '../../../src/errors.js';
import { letterEmbedder } from './letter-embedder.js';
import { snapshot } from './snapshot.js';
import { COLLECTION, memorySource, openWorkbench, type Workbench } from './workbench.js';

const SOURCES = ['ada', 'bryn', 'cora', 'dov', 'elin'].map((name, i) =>
  memorySource(`w/${name}.md`, `# ${name}\n\nSomebody called ${name} lived in house ${i}. It stood by the river.\n`),
);

describe('reembed', () => {
  let bench: Workbench;

  beforeEach(async () => {
    bench = await openWorkbench();
    await ingest(bench.context, SOURCES, { collection: COLLECTION });
  });
  afterEach(() => bench[Symbol.asyncDispose]());

  it('ends in the store and index that ingesting with that embedder gives', async () => {
    const embedder = letterEmbedder();
    assert.deepEqual(await reembed({ ...bench.context, embedder }, COLLECTION), { passages: 5 });
    await using other = await openWorkbench({ embedder });
    await ingest(other.context, SOURCES, { collection: COLLECTION });
    assert.deepEqual(await snapshot(bench.context), await snapshot(other.context));
  });

  it('leaves the old vectors in use until all new ones are there, and goes on where it stopped', async () => {
    const before = await snapshot(bench.context);
    const failing = letterEmbedder(9);
    await assert.rejects(
      reembed({ ...bench.context, embedder: failing }, COLLECTION, { batchPassages: 1 }),
      ModelError,
    );
    assert.deepEqual(await snapshot(bench.context), before);
    const embedder = letterEmbedder();
    const { passages } = await reembed({ ...bench.context, embedder }, COLLECTION, { batchPassages: 1 });
    assert.ok(passages > 0 && passages < 5, `${passages} of 5 were left to do`);
    assert.deepEqual((await bench.context.store.collection(COLLECTION))?.embedder, { id: 'letters/1', dimensions: 8 });
  });

  it('counts a document that was replaced in between as not embedded yet', async () => {
    const failing = letterEmbedder(9);
    await assert.rejects(reembed({ ...bench.context, embedder: failing }, COLLECTION, { batchPassages: 1 }));
    const edited = SOURCES.map((source, i) =>
      i < 5 ? memorySource(source.uri, `# new ${i}\n\nAnother text of house ${i}.\n`) : source,
    );
    await ingest(bench.context, edited, { collection: COLLECTION });
    const embedder = letterEmbedder();
    assert.deepEqual(await reembed({ ...bench.context, embedder }, COLLECTION), { passages: 5 });
  });

  it('does nothing when the collection has that embedder, and stops when interrupted', async () => {
    assert.deepEqual(await reembed(bench.context, COLLECTION), { passages: 0 });
    const reason = new Error('enough');
    const controller = new AbortController();
    const stop = { batchPassages: 2, signal: controller.signal, onProgress: () => controller.abort(reason) };
    await assert.rejects(reembed({ ...bench.context, embedder: letterEmbedder() }, COLLECTION, stop), reason);
    assert.deepEqual(await reembed({ ...bench.context, embedder: letterEmbedder() }, COLLECTION), { passages: 3 });
  });

  it('refuses an unknown collection', async () => {
    await assert.rejects(reembed(bench.context, 'none'), NotFoundError);
  });
});
