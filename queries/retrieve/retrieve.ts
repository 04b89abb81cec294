/** Retrieval: the passages that answer a question together, best first. */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Embedder } from '../../src/ports/index.js';
import type { Hit, Retrieval } from '../types.js';
import { analyseQuestion } from './analyse-question.js';
import { LAST_FEATURES } from './features.js';
import { QuestionView } from './question-view.js';
import type { Ranker } from './ranker.js';
import type { Predecessor } from './rounds.js';
import { lastFeatures, scoreStages, TREE_DEPTH } from './score-stages.js';
import { visiblePassages } from './scratch.js';

/** Passages ranked by BM25 that rounds may choose from. */
export const BM25_POOL = 300;
/** Below the trees' passages the last round's order goes on. */
const BELOW_TREES = -1e3;
const ROUND_SCALE = 1e-3;

export interface RetrievalContext {
  readonly index: RetrievalIndex;
  /** The embedder of the index. */
  readonly embedder: Embedder;
  readonly ranker: Ranker;
  /** Milliseconds of a monotonic clock, for `timings`; none by default. */
  readonly now?: (() => number) | undefined;
}

export interface RetrieveOptions {
  /** Passages wanted, 1.. */
  readonly k: number;
  /** 1 = may be seen, one byte a passage. Disabled documents are never seen. */
  readonly allowed?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Ranks the passages of an index for a question. Deterministic; ties go by passage number, that is by id.
 * @throws ModelError from the embedder; the signal's reason when aborted
 */
export async function retrieve(
  { index, embedder, ranker, now = () => 0 }: RetrievalContext,
  question: string,
  { k, allowed, signal }: RetrieveOptions,
): Promise<Retrieval> {
  signal?.throwIfAborted();
  const started = now();
  const vector = await embedder.embed([question], 'question', signal);
  signal?.throwIfAborted();
  const embedded = now();
  const analysis = analyseQuestion(index, question);
  const view = new QuestionView(index, analysis, visiblePassages(index, allowed), BM25_POOL);
  try {
    const matched = now();
    const staged = scoreStages(view, vector, ranker);
    const { order, rows } = lastFeatures(staged, Math.max(k, TREE_DEPTH));
    const { trees } = ranker;
    const scores = order.map((i, rank) =>
      trees !== undefined && rank < TREE_DEPTH
        ? trees.predict(rows, rank * LAST_FEATURES.length)
        : (trees === undefined ? 0 : BELOW_TREES) + (trees === undefined ? 1 : ROUND_SCALE) * staged.last.scores[i]!,
    );
    const { passages } = staged.last;
    const hits = order
      .map((_, rank) => rank)
      .sort((a, b) => scores[b]! - scores[a]! || passages[order[a]!]! - passages[order[b]!]!)
      .slice(0, k)
      .map((rank): Hit => {
        const passage = passages[order[rank]!]!;
        const via: Predecessor | undefined = staged.via.get(passage);
        return {
          passage,
          passageId: index.passageId(passage),
          documentId: index.documentId(index.documentOf[passage]!),
          score: scores[rank]!,
          features: rows.slice(rank * LAST_FEATURES.length, (rank + 1) * LAST_FEATURES.length),
          ...(via === undefined ? {} : { via }),
        };
      });
    return {
      question,
      hits,
      entities: analysis.entities.map(({ key, start, end, entity }) => ({ key, start, end, entity })),
      terms: analysis.terms.map(({ stem, idf, df, entity }) => ({ stem, idf, df, entity })),
      signals: staged.signals,
      timings: { embed: embedded - started, match: matched - embedded, rank: now() - matched },
    };
  } finally {
    view.release();
  }
}
