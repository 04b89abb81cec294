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
    const rows = Float64Array.of(99, 1, 0.5, 1, 0.6, 2, -1);
    assert.equal(trees.predict(rows, 1), 10.25 + 2);
    assert.equal(trees.predict(rows, 3), 20.25 + 2);
    assert.equal(trees.predict(rows, 5), 30.25 + 1);
  });
});
