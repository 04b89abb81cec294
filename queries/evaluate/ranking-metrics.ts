/**
 * Ranking metrics as trec_eval computes them: nDCG with gain = grade and discount log2(rank + 1) (Jarvelin and
 * Kekalainen, "Cumulated gain-based evaluation of IR techniques", 2002), recall, reciprocal rank.
 */

/** Grades above 0 of the relevant ids. */
export type Judgements = ReadonlyMap<string, number>;

export interface RankingMetrics {
  readonly 'recall@2': number;
  readonly 'recall@5': number;
  readonly 'recall@10': number;
  readonly 'ndcg@10': number;
  readonly 'mrr@10': number;
}

export const METRIC_NAMES = ['recall@2', 'recall@5', 'recall@10', 'ndcg@10', 'mrr@10'] as const;

/** Relevant ids among the first k, over all relevant ids; 0..1. */
export function recallAt(k: number, ranking: readonly string[], judgements: Judgements): number {
  let relevant = 0;
  for (const grade of judgements.values()) if (grade > 0) relevant++;
  if (relevant === 0) return 0;
  let found = 0;
  for (let i = 0; i < Math.min(k, ranking.length); i++) if ((judgements.get(ranking[i]!) ?? 0) > 0) found++;
  return found / relevant;
}

/** Normalised discounted cumulated gain of the first k; 0..1. */
export function ndcgAt(k: number, ranking: readonly string[], judgements: Judgements): number {
  let gain = 0;
  for (let i = 0; i < Math.min(k, ranking.length); i++) {
    gain += Math.max(0, judgements.get(ranking[i]!) ?? 0) / Math.log2(i + 2);
  }
  const ideal = [...judgements.values()].filter((grade) => grade > 0).sort((a, b) => b - a);
  let best = 0;
  for (let i = 0; i < Math.min(k, ideal.length); i++) best += ideal[i]! / Math.log2(i + 2);
  return best === 0 ? 0 : gain / best;
}

/** 1 / rank of the first relevant id among the first k, else 0. */
export function reciprocalRankAt(k: number, ranking: readonly string[], judgements: Judgements): number {
  for (let i = 0; i < Math.min(k, ranking.length); i++) if ((judgements.get(ranking[i]!) ?? 0) > 0) return 1 / (i + 1);
  return 0;
}

/** All metrics of one ranking without duplicates, best first; each in 0..1. */
export function rankingMetrics(ranking: readonly string[], judgements: Judgements): RankingMetrics {
  return {
    'recall@2': recallAt(2, ranking, judgements),
    'recall@5': recallAt(5, ranking, judgements),
    'recall@10': recallAt(10, ranking, judgements),
    'ndcg@10': ndcgAt(10, ranking, judgements),
    'mrr@10': reciprocalRankAt(10, ranking, judgements),
  };
}

/** Ids in order of first appearance: documents ranked by their best passage. */
export function firstAppearances(ids: Iterable<string>): string[] {
  return [...new Set(ids)];
}
