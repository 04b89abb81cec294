import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrainingFile } from '../../../bench/train/training-file.js';
import { trainingSet } from '../../../bench/train/training-set.js';
import { CONTEXT_SIGNALS, LAST_FEATURES, ROUNDS } from '../../../queries/retrieve/features.js';
import { retrieve } from '../../../queries/retrieve/retrieve.js';
import { lastFeatures } from '../../../queries/retrieve/score-stages.js';
import { loadStaticEmbedder } from '../../../src/models/static-embedder.js';
import { handRanker, smallSet } from '../../queries/retrieve/small-set.js';

describe('trainer and runtime', () => {
  it('compute identical features: the bytes of the trainer file are those of the hits', async () => {
    const indexed = await smallSet();
    const { index, set } = indexed;
    const embedder = await loadStaticEmbedder();
    const ranker = handRanker({ own: 2, hyb: 1, anc: 2, in: 2, inrel: 1, bB: 1, rb: 0.5 });
    const folder = mkdtempSync(join(tmpdir(), 'hopwise-test-'));
    try {
      const file = new TrainingFile(join(folder, 'trees'), {
        width: LAST_FEATURES.length,
        contexts: CONTEXT_SIGNALS.length,
        sets: [set.name],
        setWeights: [1],
        jobs: [{}],
      });
      const expected: Buffer[] = [];
      const training = await trainingSet(indexed, embedder, 'small');
      const orders: number[][] = [];
      training.run([ranker], ROUNDS, true, (_, fold, staged) => {
        const { order, rows } = lastFeatures(staged);
        orders.push(Array.from(order, (i) => staged.last.passages[i]!));
        file.add({ set: 0, fold, context: staged.context, features: rows, labels: new Int32Array(order.length) });
      });
      file.finish();
      for (const [i, { question }] of set.questions.entries()) {
        const { hits } = await retrieve({ index, embedder, ranker }, question, { k: 100 });
        const byPassage = new Map(hits.map(({ passage, features }) => [passage, features]));
        for (const passage of orders[i]!) expected.push(Buffer.from(byPassage.get(passage)!.buffer));
      }
      const written = readFileSync(join(folder, 'trees.features'));
      assert.equal(written.length, expected.length * LAST_FEATURES.length * 8);
      assert.ok(expected.length > 30);
      assert.ok(written.equals(Buffer.concat(expected)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
