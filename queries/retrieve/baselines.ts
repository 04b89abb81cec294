/** What the ranker is measured against: BM25, sentence vectors, their mean, and personalised PageRank alone. */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Embedder } from '../../src/ports/index.js';
import { analyseQuestion } from './analyse-question.js';
import { personalisedPageRank } from './page-rank.js';
import { QuestionView } from './question-view.js';
import { visiblePassages } from './scratch.js';
import { TopK } from './top-k.js';

export const BASELINES = ['bm25', 'vector', 'hybrid', 'ppr'] as const;
export type Baseline = (typeof BASELINES)[number];

/** Breaks PageRank's ties, and orders what it does not reach, by BM25. */
const TIE = 1e-9;

export interface RankedPassages {
  readonly ids: Uint32Array;
  readonly scores: Float64Array;
}

/**
 * The k best passages of a baseline, best first, ties by number. `bm25` is Lucene's with stems and proper word
 * boundaries, title counted three times; `vector` the best sentence; `hybrid` the mean of both, min-max over the
 * collection; `ppr` personalised PageRank from the question's entities and BM25's best, as stage 1 uses it.
 */
export async function rankBaseline(
  system: Baseline,
  { index, embedder }: { readonly index: RetrievalIndex; readonly embedder: Embedder },
  question: string,
  k: number,
  allowed?: Uint8Array,
): Promise<RankedPassages> {
  const visible = visiblePassages(index, allowed);
  const vector =
    system === 'vector' || system === 'hybrid' ? await embedder.embed([question], 'question') : new Float64Array(0);
  if (system === 'vector') {
    const { passages, scores } = index.nearest(Float32Array.from(vector), k, visible);
    return { ids: passages, scores: Float64Array.from(scores) };
  }
  const view = new QuestionView(index, analyseQuestion(index, question), visible, Math.max(k, 100));
  try {
    if (system === 'bm25') return { ids: view.ranked.ids.slice(0, k), scores: view.ranked.scores.slice(0, k) };
    const heap = new TopK(k);
    if (system === 'ppr') {
      const { passages, mass } = personalisedPageRank(view);
      passages.forEach((p, i) => {
        heap.offer(p, mass[i]! + (TIE * view.scoreOf(p)) / view.best);
      });
      return heap.sorted();
    }
    const query = Float32Array.from(vector);
    const similarity = new Float64Array(index.passageCount);
    const ofRows = new Float64Array(index.sentenceStart[index.passageCount]!);
    index.comparer(query)(0, ofRows.length, ofRows, 0);
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let p = 0; p < index.passageCount; p++) {
      if (!view.isVisible(p)) continue;
      let best = Number.NEGATIVE_INFINITY;
      for (let row = index.sentenceStart[p]!; row < index.sentenceStart[p + 1]!; row++)
        best = Math.max(best, ofRows[row]!);
      similarity[p] = best;
      low = Math.min(low, similarity[p]!);
      high = Math.max(high, similarity[p]!);
    }
    const range = Math.max(high - low, 1e-9);
    for (let p = 0; p < index.passageCount; p++) {
      if (view.isVisible(p))
        heap.offer(p, (0.5 * view.scoreOf(p)) / view.best + (0.5 * (similarity[p]! - low)) / range);
    }
    return heap.sorted();
  } finally {
    view.release();
  }
}
