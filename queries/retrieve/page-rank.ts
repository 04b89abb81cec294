/** Personalised PageRank over passages and entities from what a question names (Haveliwala, 2002; HippoRAG, 2024). */
import { forwardPush } from '../../src/graph/forward-push.js';
import type { QuestionView } from './question-view.js';

const RESTART = 0.3;
const EPSILON = 3e-5;
/** Passages of BM25 that share in the restart, each with this part of its score. */
const PASSAGES = 100;
const PASSAGE_RESTART = 0.05;

export interface PassageMass {
  /** In order of arrival. */
  readonly passages: Uint32Array;
  readonly mass: Float64Array;
}

/** Restarts at the question's entities (the rarer the stronger) and, weakly, at BM25's best passages. */
export function personalisedPageRank(view: QuestionView): PassageMass {
  const { index, analysis, ranked, best, visible } = view;
  const count = Math.min(PASSAGES, ranked.ids.length);
  const entityMass = Float64Array.from(analysis.known, (e) => 1 / Math.max(1, index.entityDf(e)));
  const sum = entityMass.reduce((a, b) => a + b, 0) || 1;
  const passageMass = Float64Array.from(ranked.scores.subarray(0, count), (s) => (PASSAGE_RESTART * s) / best);
  const total = passageMass.reduce((a, b) => a + b, 0) + (entityMass.length > 0 ? 1 : 0) || 1;
  return forwardPush(index, {
    passages: ranked.ids.subarray(0, count),
    passageMass: passageMass.map((x) => x / total),
    entities: analysis.known,
    entityMass: entityMass.map((x) => x / sum / total),
    restart: RESTART,
    epsilon: EPSILON,
    visible,
  });
}
