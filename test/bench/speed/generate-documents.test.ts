import assert from 'node:assert/strict';
import { loadBenchSet } from '../../../bench/retrieval/bench-set.js';
import { growCorpus } from '../../../bench/speed/generate-documents.js';
import { PlainBm25 } from '../../../bench/speed/plain-bm25.js';
import { SMALL_SET } from '../../queries/retrieve/small-set.js';

describe('growCorpus', () => {
  it('keeps what is there, adds documents of distinct ids, and is the same each time', async () => {
    const { documents } = await loadBenchSet(SMALL_SET);
    const grown = growCorpus(documents, 50);
    assert.deepEqual(grown.slice(0, documents.length), documents);
    assert.equal(new Set(grown.map(({ id }) => id)).size, 50);
    assert.deepEqual(growCorpus(documents, 50), grown);
    assert.ok(grown.every(({ id, text }) => text !== '' || id === 'empty'));
  });
});

describe('PlainBm25', () => {
  it('finds the document that holds the rare words', async () => {
    const { documents } = await loadBenchSet(SMALL_SET);
    const found = new PlainBm25(documents).search('puffins on the cliffs', 3);
    assert.equal(documents[found[0]!]!.id, 'skerra');
  });
});
