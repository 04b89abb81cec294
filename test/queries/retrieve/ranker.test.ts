import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CONTEXT_SIGNALS, FIRST_FEATURES, LAST_FEATURES } from '../../../queries/retrieve/features.js';
import { loadRanker, makeRanker, type RankerRecord, rankerOf } from '../../../queries/retrieve/ranker.js';
import { assetPath } from '../../../src/assets.js';
import { HopwiseError } from '../../../src/errors.js';

const shipped = JSON.parse(readFileSync(assetPath('ranker.json'), 'utf8')) as RankerRecord;

describe('ranker', () => {
  it('shipped fits the features of this version', async () => {
    const { trees } = await loadRanker();
    assert.ok(trees !== undefined && trees.count >= 100);
    assert.deepEqual(shipped.last, LAST_FEATURES);
  });

  it('is refused when it was fitted for other features or stages', () => {
    const others = [
      { ...shipped, first: shipped.first.slice(1) },
      { ...shipped, context: [...shipped.context].reverse() },
      { ...shipped, weights: shipped.weights.slice(1) },
      { ...shipped, weights: shipped.weights.map((stage) => stage.slice(1)) },
      { ...shipped, format: 'hopwise-ranker/0' as 'hopwise-ranker/1' },
    ];
    for (const record of others) {
      assert.throws(
        () => rankerOf(record),
        (error) => error instanceof HopwiseError && error.code === 'RANKER_INVALID',
      );
    }
  });

  it('weighs a feature by its own weight plus each signal times its product weight', () => {
    const width = FIRST_FEATURES.length;
    const weights = new Array<number>(width * (1 + CONTEXT_SIGNALS.length)).fill(0);
    weights[2] = 1;
    weights[width + 2] = 10;
    weights[2 * width + 2] = 100;
    const context = new Float64Array(CONTEXT_SIGNALS.length);
    context[0] = 0.5;
    context[1] = 0.25;
    assert.deepEqual(
      [...makeRanker([weights], []).weights(0, context)],
      [0, 0, 31, ...new Array<number>(width - 3).fill(0)],
    );
  });
});
