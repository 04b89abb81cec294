import assert from 'node:assert/strict';
import { Trees } from '../../../queries/retrieve/trees.js';

describe('Trees', () => {
  it('sum the leaf of each tree; a value equal to the threshold goes left', () => {
    // if x0 <= 1: (if x1 <= .5: 10 else 20) else 30; and a tree of one leaf.
    const trees = new Trees([
      [
        [0, 1],
        [1, 0.5],
        [1, ~0],
        [~2, ~1],
        [10, 20, 30],
      ],
      [[], [], [], [], [0.25]],
      [[1], [0], [~0], [~1], [1, 2]],
    ]);
    assert.equal(trees.count, 3);
    const rows = Float64Array.of(1, 0.5, 1, 0.6, 2, -1, 7, 7);
    assert.deepEqual([...trees.predict(rows, 2, 3)], [10.25 + 2, 20.25 + 2, 30.25 + 1]);
  });
});
