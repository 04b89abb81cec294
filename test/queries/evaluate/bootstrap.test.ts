import assert from 'node:assert/strict';
import { bootstrapMean, sample, seededRandom } from '../../../queries/evaluate/index.js';

describe('bootstrapMean', () => {
  it('is the same for the same seed and brackets the mean', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 200 }, () => random() - 0.3);
    const first = bootstrapMean(values, 5);
    assert.deepEqual(bootstrapMean(values, 5), first);
    assert.ok(first.low < first.mean && first.mean < first.high);
    // The mean's standard error is sqrt(1/12/200) = .0204, so the interval is near 3.92 of those wide.
    assert.ok(Math.abs(first.high - first.low - 3.92 * 0.0204) < 0.015);
  });

  it('excludes zero where every difference has one sign, and is empty-safe', () => {
    assert.ok(bootstrapMean([0.1, 0.2, 0.3], 1).low > 0);
    assert.deepEqual(bootstrapMean([]), { mean: 0, low: 0, high: 0 });
  });
});

describe('sample', () => {
  it('draws without replacement, keeps the order, and depends on the seed alone', () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    const drawn = sample(items, 20, 9);
    assert.equal(new Set(drawn).size, 20);
    assert.deepEqual(
      drawn,
      [...drawn].sort((a, b) => a - b),
    );
    assert.deepEqual(sample(items, 20, 9), drawn);
    assert.notDeepEqual(sample(items, 20, 10), drawn);
    assert.deepEqual(sample(items, 80, 9), items);
  });
});
