/** Retrieval: the passages that answer a question together, best first. */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Embedder } from '../../src/ports/index.js';
import type { Hit, Retrieval } from '../types.js';
import { type Analysis, analyseQuestion } from './analyse-question.js';
import { type QuestionVectors, QuestionView } from './question-view.js';
import type { Ranker } from './ranker.js';
import { finalOrder, scoreStages } from './score-stages.js';
import { visiblePassages } from './scratch.js';

/** Passages ranked by BM25 that rounds may choose from. */
export const BM25_POOL = 300;

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

/** Vectors of a question; one text when it names nothing. */
export async function embedQuestion(
  embedder: Embedder,
  analysis: Analysis,
  signal?: AbortSignal,
): Promise<QuestionVectors> {
  const { question, unnamed } = analysis;
  const texts = unnamed === question ? [question] : [question, unnamed];
  const rows = await embedder.embed(texts, 'question', signal);
  const { dimensions } = embedder;
  return { whole: rows.subarray(0, dimensions), unnamed: rows.subarray((texts.length - 1) * dimensions) };
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
  const analysis = analyseQuestion(index, question);
  const vectors = await embedQuestion(embedder, analysis, signal);
  signal?.throwIfAborted();
  const embedded = now();
  const view = new QuestionView(index, analysis, visiblePassages(index, allowed), BM25_POOL, vectors);
  try {
    const matched = now();
    const staged = scoreStages(view, ranker);
    const hits = finalOrder(staged, ranker, k)
      .slice(0, k)
      .map(({ passage, score, features }): Hit => {
        const via = staged.via(passage);
        return {
          passage,
          passageId: index.passageId(passage),
          documentId: index.documentId(index.documentOf[passage]!),
          score,
          features,
          ...(via === undefined ? {} : { via }),
        };
      });
    return {
      question,
      hits,
      entities: analysis.entities.map(({ key, start, end, entity }) => ({ key, start, end, entity })),
      terms: analysis.terms.map(({ stem, idf, df, entity }) => ({ stem, idf, df, entity })),
      signals: staged.signals,
      vector: vectors.whole,
      timings: { embed: embedded - started, match: matched - embedded, rank: now() - matched },
    };
  } finally {
    view.release();
  }
}
