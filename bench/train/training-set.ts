/** A training set: its index, and its questions analysed and embedded once for all passes. */
import { type Analysis, analyseQuestion } from '../../queries/retrieve/analyse-question.js';
import { QuestionView } from '../../queries/retrieve/question-view.js';
import type { Ranker } from '../../queries/retrieve/ranker.js';
import { BM25_POOL } from '../../queries/retrieve/retrieve.js';
import { type StagedScores, scoreStages } from '../../queries/retrieve/score-stages.js';
import type { Embedder } from '../../src/ports/index.js';
import type { IndexedSet } from '../retrieval/index-set.js';
import { foldOf } from './folds.js';

export interface TrainingSet {
  readonly indexed: IndexedSet;
  /** How much the set counts, relative to the others. */
  readonly weight: number;
  readonly folds: readonly number[];
  /** Runs all questions up to a stage, each with the ranker of its own fold (or the only one). */
  run(
    rankers: readonly Ranker[],
    until: number,
    weighLast: boolean,
    use: (question: number, fold: number, staged: StagedScores) => void,
  ): void;
}

export async function trainingSet(indexed: IndexedSet, embedder: Embedder, weight = 1): Promise<TrainingSet> {
  const { set, index } = indexed;
  const { dimensions } = embedder;
  const vectors = await embedder.embed(
    set.questions.map(({ question }) => question),
    'question',
  );
  const analyses: Analysis[] = set.questions.map(({ question }) => analyseQuestion(index, question));
  const folds = set.questions.map(({ id }) => foldOf(id));
  return {
    indexed,
    weight,
    folds,
    run(rankers, until, weighLast, use) {
      for (let i = 0; i < analyses.length; i++) {
        const view = new QuestionView(index, analyses[i]!, undefined, BM25_POOL);
        try {
          const fold = folds[i]!;
          const ranker = rankers[rankers.length === 1 ? 0 : fold]!;
          use(
            i,
            fold,
            scoreStages(view, vectors.subarray(i * dimensions, (i + 1) * dimensions), ranker, until, weighLast),
          );
        } finally {
          view.release();
        }
      }
    },
  };
}
