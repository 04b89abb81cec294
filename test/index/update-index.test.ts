import assert from 'node:assert/strict';
import fc from 'fast-check';
import { documentId } from '../../graph-schema/index.js';
import type { ArrayIndex } from '../../src/index/array-index.js';
import { buildIndex, updateIndex } from '../../src/index/build-index.js';
import { encodeIndex } from '../../src/index/index-file.js';
import { DIMENSIONS, finalDrafts, makeDocument, steps } from './sample-documents.js';

const identity = { collection: 'test', generation: 1, embedder: { id: 'test', dimensions: DIMENSIONS } };

const bytes = (index: ArrayIndex): Buffer => Buffer.concat([...encodeIndex(index)]);

describe('updateIndex', () => {
  it('gives, after any sequence of changes, the bytes of a fresh build of what is left, in any order', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (sequence, random) => {
        let index = buildIndex(identity, []);
        for (const { put, remove } of sequence) {
          index = updateIndex(index, identity, {
            put: put.map(makeDocument),
            removed: remove.map((uri) => documentId('test', uri)),
          });
        }
        const left = finalDrafts(sequence)
          .map((draft) => ({ draft, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ draft }) => makeDocument(draft));
        assert.ok(bytes(index).equals(bytes(buildIndex(identity, left))));
      }),
      { numRuns: 200 },
    );
  });
});
