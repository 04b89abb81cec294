/** A training set: its index, and its questions analysed and embedded once for all passes. */
import { type Analysis, analyseQuestion } from '../../queries/retrieve/analyse-question.js';
import { type QuestionVectors, QuestionView } from '../../queries/retrieve/question-view.js';
import type { Ranker } from '../../queries/retrieve/ranker.js';
import { BM25_POOL, embedQuestion } from '../../queries/retrieve/retrieve.js';
import { type StagedScores, scoreStages } from '../../queries/retrieve/score-stages.js';
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Embedder } from '../../src/ports/index.js';
import type { IndexedSet } from '../retrieval/index-set.js';
import { questionFold } from './folds.js';

export interface TrainingSet {
  readonly indexed: IndexedSet;
  /** Sets of one kind are left out together. */
  readonly kind: string;
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

export async function trainingSet(
  indexed: IndexedSet,
  embedder: Embedder,
  kind: string,
  weight = 1,
): Promise<TrainingSet> {
  const { set } = indexed;
  const index = remember(indexed.index);
  const prepared: { readonly analysis: Analysis; readonly vectors: QuestionVectors }[] = [];
  for (const { question } of set.questions) {
    const analysis = analyseQuestion(index, question);
    prepared.push({ analysis, vectors: await embedQuestion(embedder, analysis) });
  }
  const folds = set.questions.map(({ id }) => questionFold(id));
  return {
    indexed,
    kind,
    weight,
    folds,
    run(rankers, until, weighLast, use) {
      for (const [i, { analysis, vectors }] of prepared.entries()) {
        const view = new QuestionView(index, analysis, undefined, BM25_POOL, vectors);
        try {
          const fold = folds[i]!;
          const ranker = rankers[rankers.length === 1 ? 0 : fold]!;
          use(i, fold, scoreStages(view, ranker, until, weighLast));
        } finally {
          view.release();
        }
      }
    },
  };
}

/** The index, with the vector search of each question made once for all passes. */
function remember(index: RetrievalIndex): RetrievalIndex {
  const found = new Map<Float32Array, ReturnType<RetrievalIndex['nearest']>>();
  const nearest: RetrievalIndex['nearest'] = (query, k, allowed) => {
    let result = found.get(query);
    if (result === undefined) {
      result = index.nearest(query, k, allowed);
      found.set(query, result);
    }
    return result;
  };
  return Object.create(index, { nearest: { value: nearest } }) as RetrievalIndex;
}
