import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { METRIC_NAMES, rankingMetrics } from '../../../queries/evaluate/index.js';

interface Reference {
  readonly cases: readonly {
    readonly ranking: readonly string[];
    readonly judgements: Readonly<Record<string, number>>;
    readonly expected: Readonly<Record<(typeof METRIC_NAMES)[number], number>>;
  }[];
}

const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Reference;

describe('ranking metrics', () => {
  it('give what trec_eval gives, grades included', () => {
    assert.equal(reference.cases.length, 40);
    for (const { ranking, judgements, expected } of reference.cases) {
      const found = rankingMetrics(ranking, new Map(Object.entries(judgements)));
      for (const name of METRIC_NAMES) {
        assert.ok(Math.abs(found[name] - expected[name]) < 1e-9, `${name} of ${ranking.join(' ')}: ${found[name]}`);
      }
    }
  });

  it('order documents of unequal grades by gain', () => {
    const judgements = new Map([
      ['a', 3],
      ['b', 1],
    ]);
    assert.equal(rankingMetrics(['a', 'b'], judgements)['ndcg@10'], 1);
    const swapped = (1 + 3 / Math.log2(3)) / (3 + 1 / Math.log2(3));
    assert.ok(Math.abs(rankingMetrics(['b', 'a'], judgements)['ndcg@10'] - swapped) < 1e-12);
  });

  it('are 0 when nothing is relevant', () => {
    for (const value of Object.values(rankingMetrics(['a'], new Map([['a', 0]])))) assert.equal(value, 0);
  });
});
