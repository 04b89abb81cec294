import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TopK } from '../../../queries/retrieve/top-k.js';

describe('TopK', () => {
  it('keeps what sorting everything would keep, ties by number', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }),
        fc.integer({ min: 0, max: 20 }),
        (scores, k) => {
          const heap = new TopK(k);
          for (const [id, score] of scores.entries()) if (!heap.refuses(score)) heap.offer(id, score);
          const expected = [...scores.entries()].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, k);
          const { ids, scores: found } = heap.sorted();
          assert.deepEqual(
            [...ids],
            expected.map(([id]) => id),
          );
          assert.deepEqual(
            [...found],
            expected.map(([, score]) => score),
          );
        },
      ),
    );
  });
});
