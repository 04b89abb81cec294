import assert from 'node:assert/strict';
import fc from 'fast-check';
import { abstainFigures, balance } from '../../../bench/abstain/abstain-metrics.js';
import { answerF1, holdsAnswer, normaliseAnswer, scoreAnswer } from '../../../bench/answers/squad-metrics.js';
import { fitLogistic } from '../../../bench/fit/fit-logistic.js';
import { fitTrees } from '../../../bench/fit/fit-trees.js';
import { seededRandom } from '../../../queries/evaluate/index.js';
import { Trees } from '../../../queries/retrieve/trees.js';

describe('SQuAD metrics', () => {
  it('normalises case, articles, punctuation and white space, as the reference does', () => {
    assert.equal(normaliseAnswer(' The  "Amazon", a River! '), 'amazon river');
    assert.equal(normaliseAnswer('U.S.'), 'us');
  });

  it('counts words in common, each as often as it stands in both', () => {
    assert.equal(answerF1('the red red boat', 'red boat'), 0.8);
    assert.equal(answerF1('sea', 'land'), 0);
    assert.deepEqual(scoreAnswer('Boat', ['ship', 'a boat']), { em: 1, f1: 1 });
    assert.deepEqual(scoreAnswer('', ['']), { em: 0, f1: 0 });
  });

  it('finds an answer in a quote by whole words', () => {
    assert.equal(holdsAnswer('He was born in Port Ellery, by the sea.', ['port ellery']), true);
    assert.equal(holdsAnswer('Portland', ['port']), false);
  });
});

describe('abstainFigures', () => {
  const judged = (answerable: boolean, confidence: number) => ({
    answerable,
    confidence,
    abstained: confidence < 0.5,
    weight: 1,
  });

  it('counts precision and recall of the class abstain', () => {
    const figures = abstainFigures([
      judged(false, 0.1),
      judged(false, 0.9),
      judged(true, 0.2),
      judged(true, 0.8),
      judged(false, 0.3),
    ]);
    assert.equal(figures.precision, 2 / 3);
    assert.equal(figures.recall, 2 / 3);
    assert.equal(figures.f1, 2 / 3);
    assert.equal(figures.accuracy, 3 / 5);
  });

  it('gives an area of 1 to a perfect order, .5 to none, and counts ties by half', () => {
    assert.equal(abstainFigures([judged(false, 0.1), judged(true, 0.2)]).auc, 1);
    assert.equal(abstainFigures([judged(false, 0.2), judged(true, 0.2)]).auc, 0.5);
  });

  it('has no calibration error when each bin is right about itself', () => {
    const items = [...Array.from({ length: 3 }, () => judged(true, 0.75)), judged(false, 0.75)];
    assert.equal(abstainFigures(items).ece, 0);
    assert.ok(Math.abs(abstainFigures([judged(false, 0.9), judged(true, 0.9)]).ece - 0.4) < 1e-12);
  });

  it('weighs both classes the same when balanced', () => {
    const items = balance([judged(true, 0.9), judged(true, 0.9), judged(true, 0.9), judged(false, 0.9)]);
    const figures = abstainFigures(items.map((item) => ({ ...item, abstained: true })));
    assert.equal(figures.precision, 0.5);
  });
});

describe('fitLogistic', () => {
  it('finds the point where the gradient of the penalised loss is zero', () => {
    const random = seededRandom(7);
    const rows = Array.from({ length: 200 }, () => Float64Array.of(random(), 10 * random()));
    const labels = rows.map((row) => (2 * row[0]! - 0.1 * row[1]! + random() > 1 ? 1 : 0));
    const weights = rows.map((_, i) => 1 + (i % 3));
    const l2 = 0.01;
    const { mean, scale, weights: w } = fitLogistic(rows, labels, weights, l2);
    const total = weights.reduce((a, b) => a + b, 0);
    const gradient = [l2 * w[0]!, l2 * w[1]!, 0];
    rows.forEach((row, r) => {
      const x = [(row[0]! - mean[0]!) / scale[0]!, (row[1]! - mean[1]!) / scale[1]!, 1];
      const p = 1 / (1 + Math.exp(-(w[0]! * x[0]! + w[1]! * x[1]! + w[2]!)));
      for (let f = 0; f < 3; f++) gradient[f]! += (weights[r]! / total) * (p - labels[r]!) * x[f]!;
    });
    for (const value of gradient) assert.ok(Math.abs(value) < 1e-6);
  });
});

describe('fitTrees', () => {
  const squared =
    (targets: readonly number[]) =>
    (scores: Float64Array, gradient: Float64Array, hessian: Float64Array): void => {
      targets.forEach((target, i) => {
        gradient[i] = scores[i]! - target;
        hessian[i] = 1;
      });
    };

  it('splits at the best threshold, checked against every split by brute force', () => {
    const row = fc.tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: -5, max: 5 }),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 4, maxLength: 12 }), (data) => {
        const rows = new Float64Array(2 * data.length);
        for (const [i, [a, b]] of data.entries()) rows.set([a, b], 2 * i);
        const targets = data.map(([, , y]) => y);
        const options = { trees: 1, leaves: 2, rate: 1, l2: 0.5, leastHessian: 1 };
        const [tree] = fitTrees(rows, 2, squared(targets), options);
        const value = (sum: number, count: number): number => sum ** 2 / (count + 0.5);
        const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
        let most = 0;
        for (const f of [0, 1] as const) {
          for (let cut = 0; cut < 6; cut++) {
            const low = data.filter((item) => item[f] <= cut).map(([, , y]) => y);
            const high = data.filter((item) => item[f] > cut).map(([, , y]) => y);
            if (low.length === 0 || high.length === 0) continue;
            const gain =
              value(sum(low), low.length) + value(sum(high), high.length) - value(sum(targets), targets.length);
            most = Math.max(most, gain);
          }
        }
        const [features, thresholds, , , leaves] = tree!;
        if (features.length === 0) {
          assert.ok(most <= 1e-9);
          return;
        }
        const f = features[0]! as 0 | 1;
        const low = data.filter((item) => item[f] <= thresholds[0]!).map(([, , y]) => y);
        const high = data.filter((item) => item[f] > thresholds[0]!).map(([, , y]) => y);
        const gain = value(sum(low), low.length) + value(sum(high), high.length) - value(sum(targets), targets.length);
        assert.ok(Math.abs(gain - most) < 1e-9, `${gain} is the greatest gain ${most}`);
        assert.ok(Math.abs(leaves[0]! - sum(low) / (low.length + 0.5)) < 1e-5);
        assert.ok(Math.abs(leaves[1]! - sum(high) / (high.length + 0.5)) < 1e-5);
      }),
    );
  });

  it('learns an interaction that no single threshold shows, the same on every run', () => {
    const rows = Float64Array.from([0, 0, 0, 1, 1, 0, 1, 1, 0, 0.2, 0.1, 1, 1, 0.1, 0.9, 0.9]);
    const targets = [0, 1, 1, 0, 0, 1, 1, 0];
    const options = { trees: 60, leaves: 4, rate: 0.3, l2: 0.01, leastHessian: 1 };
    const records = fitTrees(rows, 2, squared(targets), options);
    assert.deepEqual(fitTrees(rows, 2, squared(targets), options), records);
    const predicted = new Trees(records).predict(rows, 2, targets.length);
    targets.forEach((target, i) => {
      assert.ok(Math.abs(predicted[i]! - target) < 0.1);
    });
  });
});
