/** Figures of a ranker on a training set, documents ranked by their best passage. */
import { firstAppearances, METRIC_NAMES, type RankingMetrics, rankingMetrics } from '../../queries/evaluate/index.js';
import type { Ranker } from '../../queries/retrieve/ranker.js';
import { finalOrder, ROUNDS_RUN } from '../../queries/retrieve/score-stages.js';
import type { TrainingSet } from './training-set.js';

/** Means in per cent, and nDCG@10 of each question for paired comparisons. */
export interface SetFigures {
  readonly means: RankingMetrics;
  readonly each: readonly number[];
}

/** Line ids of the documents of passages, best first. */
export function documentsOf(set: TrainingSet, passages: Iterable<number>): string[] {
  const { index, lines } = set.indexed;
  return firstAppearances(Array.from(passages, (p) => lines[index.documentOf[p]!]!));
}

export function figuresOf(set: TrainingSet, rankings: readonly (readonly string[])[]): SetFigures {
  const { questions } = set.indexed.set;
  const rows = questions.map(({ judgements }, i) => rankingMetrics(rankings[i]!, judgements));
  const means = Object.fromEntries(
    METRIC_NAMES.map((name) => [
      name,
      (100 * rows.reduce((sum, row) => sum + row[name], 0)) / Math.max(1, rows.length),
    ]),
  ) as unknown as RankingMetrics;
  return { means, each: rows.map((row) => row['ndcg@10']) };
}

/** Figures with one ranker, or with that of each question's fold. */
export function evaluateRanker(set: TrainingSet, rankers: readonly Ranker[]): SetFigures {
  const rankings: string[][] = [];
  set.run(rankers, ROUNDS_RUN, true, (question, fold, staged) => {
    const ranker = rankers[rankers.length === 1 ? 0 : fold]!;
    rankings[question] = documentsOf(
      set,
      finalOrder(staged, ranker).map(({ passage }) => passage),
    );
  });
  return figuresOf(set, rankings);
}
