import assert from 'node:assert/strict';
import { ingestSet } from '../../../bench/retrieval/ingest-set.js';
import { denseDocuments } from '../../../bench/stores/dense-documents.js';
import { loadStaticEmbedder } from '../../../src/models/static-embedder.js';

describe('denseDocuments', () => {
  const options = { documents: 4, sentences: 60, names: 200 };

  it('are the same for the same options, under ids of their own', () => {
    const documents = denseDocuments(options);
    assert.deepEqual(documents, denseDocuments(options));
    assert.deepEqual(
      documents.map(({ id }) => id),
      ['dense-0', 'dense-1', 'dense-2', 'dense-3'],
    );
    assert.equal(new Set(documents.map(({ text }) => text)).size, 4);
  });

  it('state several relations and mention many shared names in each passage', async () => {
    const documents = denseDocuments(options);
    const set = { name: 'dense', folder: '', documents, questions: [], unanswerable: [] };
    await using ingested = await ingestSet(set, await loadStaticEmbedder());
    const { counts } = (await ingested.store.collection('bench'))!;
    assert.ok(counts.relations >= 20 * counts.passages, `${counts.relations} of ${counts.passages} passages`);
    assert.ok(counts.mentions >= 30 * counts.passages, `${counts.mentions} in ${counts.passages} passages`);
    assert.ok(counts.mentions >= 2 * counts.entities, `${counts.mentions} of ${counts.entities} names`);
  });
});
