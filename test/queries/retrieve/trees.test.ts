import assert from 'node:assert/strict';
import { seededRandom } from '../../../queries/evaluate/index.js';
import { type TreeRecord, Trees } from '../../../queries/retrieve/trees.js';

/** Walks down one tree. */
function walk([features, thresholds, left, right, leaves]: TreeRecord, row: ArrayLike<number>): number {
  let node = features.length === 0 ? ~0 : 0;
  while (node >= 0) node = row[features[node]!]! <= thresholds[node]! ? left[node]! : right[node]!;
  return leaves[~node]!;
}

/** A tree of random shape over `width` features whose thresholds are tenths, so that values meet them exactly. */
function randomTree(random: () => number, width: number, splits: number): TreeRecord {
  const tree: [number[], number[], number[], number[], number[]] = [[], [], [], [], []];
  const grow = (left: number): number => {
    if (left === 0) return ~(tree[4].push(random() - 0.5) - 1);
    const node = tree[0].push(Math.floor(random() * width)) - 1;
    tree[1].push(Math.floor(random() * 10) / 10);
    const below = Math.floor(random() * left);
    tree[2][node] = grow(below);
    tree[3][node] = grow(left - 1 - below);
    return node;
  };
  grow(splits);
  return tree;
}

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

  it('give what walking down gives, to the bit, for any number of rows', () => {
    const random = seededRandom(7);
    const width = 5;
    const records = Array.from({ length: 40 }, () => randomTree(random, width, Math.floor(random() * 9)));
    const trees = new Trees(records);
    for (const count of [0, 1, 31, 32, 33, 60, 100]) {
      const rows = Float64Array.from({ length: count * width }, () => Math.floor(random() * 20) / 20);
      const expected = Array.from({ length: count }, (_, row) => {
        let sum = 0;
        for (const record of records) sum += walk(record, rows.subarray(row * width, (row + 1) * width));
        return sum;
      });
      assert.deepEqual([...trees.predict(rows, width, count)], expected);
    }
  });
});
