import assert from 'node:assert/strict';
import { loadBenchSet } from '../../../bench/retrieval/bench-set.js';
import { runRetrievalBench } from '../../../bench/retrieval/run-retrieval-bench.js';
import { SourceError, UsageError } from '../../../src/errors.js';
import { SMALL_SET } from '../../queries/retrieve/small-set.js';

describe('bench retrieval', () => {
  it('prints one JSON line a folder and system, measured through a real store', async () => {
    const printed: string[] = [];
    const rows = await runRetrievalBench({
      folders: [SMALL_SET],
      systems: ['bm25', 'hopwise'],
      json: true,
      print: (line) => printed.push(line),
    });
    assert.deepEqual(
      printed.map((line) => JSON.parse(line) as unknown),
      rows,
    );
    assert.deepEqual(Object.keys(rows[0]!), [
      'set',
      'system',
      'documents',
      'passages',
      'questions',
      'recall@2',
      'recall@5',
      'recall@10',
      'ndcg@10',
      'mrr@10',
      'p50Ms',
      'p95Ms',
      'indexCpuSeconds',
      'indexWallSeconds',
      'peakRssMb',
    ]);
    assert.deepEqual(
      rows.map(({ set, system, documents, questions }) => [set, system, documents, questions]),
      [
        ['retrieval', 'bm25', 12, 6],
        ['retrieval', 'hopwise', 12, 6],
      ],
    );
    // "husband" and "founder" stand in no document, so BM25 cannot find Clara Dunne by the words of the question.
    assert.ok(rows[1]!['recall@2'] > rows[0]!['recall@2']);
    assert.ok(rows[1]!['recall@5'] >= 90, String(rows[1]!['recall@5']));
  });

  it('draws the same sample for the same seed and leaves out questions without support', async () => {
    const all = await loadBenchSet(SMALL_SET);
    assert.deepEqual(
      all.questions.map(({ id }) => id),
      ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'],
    );
    assert.deepEqual(
      [...all.questions[2]!.judgements],
      [
        ['brandt', 2],
        ['marsh', 3],
      ],
    );
    const [one, two] = [await loadBenchSet(SMALL_SET, 3, 4), await loadBenchSet(SMALL_SET, 3, 4)];
    assert.equal(one.questions.length, 3);
    assert.deepEqual(one.questions, two.questions);
  });

  it('refuses an unknown system and a folder without a corpus', async () => {
    const print = (): void => {};
    await assert.rejects(runRetrievalBench({ folders: [SMALL_SET], systems: ['bm52'], print }), UsageError);
    await assert.rejects(runRetrievalBench({ folders: [], print }), UsageError);
    await assert.rejects(loadBenchSet('/nowhere'), SourceError);
  });
});
