/**
 * Questions with the evidence that the product finds for them, answerable or not: against the whole corpus, against
 * the corpus without the question's gold documents (deleted from the store by the product's own delete), and the set's
 * own unanswerable ones.
 */

import { join } from 'node:path';
import { documentId } from '../../graph-schema/index.js';
import { createExtractor, deleteDocuments, ingest, walk } from '../../ingest/index.js';
import type { Evidence } from '../../queries/answer/evidence.js';
import { gatherEvidence } from '../../queries/answer/gather.js';
import { DEFAULT_K } from '../../queries/check-question.js';
import { sample } from '../../queries/evaluate/index.js';
import type { Ranker } from '../../queries/retrieve/ranker.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import type { Embedder } from '../../src/ports/index.js';
import { holdsAnswer } from '../answers/squad-metrics.js';
import type { BenchQuestion, BenchSet } from '../retrieval/bench-set.js';
import { ingestSet } from '../retrieval/ingest-set.js';

export interface AnswerCase {
  readonly set: string;
  /** Of the question, the same in all its cases. */
  readonly question: string;
  /** `part`: only the documents that hold the answer are gone; others, which name what is asked about, are there. */
  readonly kind: 'answerable' | 'removed' | 'part' | 'unanswerable';
  readonly evidence: Evidence;
  readonly answers: readonly string[];
  /** Ids of the documents that support the answer. */
  readonly gold: ReadonlySet<string>;
}

const COLLECTION = 'bench';
/** Parts of the questions whose gold documents are deleted together. */
const GROUPS = 5;

export interface CollectOptions {
  readonly embedder: Embedder;
  readonly ranker: Ranker;
  /** Questions that are also asked without their gold documents; drawn with seed 0. */
  readonly removals: number;
  readonly signal?: AbortSignal | undefined;
}

const goldOf = (question: BenchQuestion): string[] =>
  [...question.judgements].filter(([, grade]) => grade > 0).map(([id]) => documentId(COLLECTION, `corpus.jsonl#${id}`));

/**
 * Ids of the gold documents that hold the answer; none when no or every gold document holds it, as with yes and no.
 */
function answeringOf(question: BenchQuestion, texts: ReadonlyMap<string, string>): readonly string[] {
  const answers = question.answers.filter((answer) => !/^(?:yes|no)$/i.test(answer));
  const ids = [...question.judgements].filter(([, grade]) => grade > 0).map(([id]) => id);
  const holding = ids.filter((id) => holdsAnswer(texts.get(id) ?? '', answers));
  return holding.length === ids.length ? [] : holding.map((id) => documentId(COLLECTION, `corpus.jsonl#${id}`));
}

/** Cases of one set: answerable questions in order, those with removed documents, then its unanswerable ones. */
export async function collectCases(set: BenchSet, options: CollectOptions): Promise<AnswerCase[]> {
  const { embedder, ranker, removals, signal } = options;
  await using ingested = await ingestSet(set, embedder);
  const { store, cache } = ingested;
  const limits = DEFAULT_LIMITS;
  const context = { store, index: cache, embedder, ranker, limits, now: () => 0 };
  const evidenceFor = (question: string): Promise<Evidence> =>
    gatherEvidence(context, question, { collection: COLLECTION, k: DEFAULT_K, signal });
  const caseOf = async (question: BenchQuestion, kind: AnswerCase['kind']): Promise<AnswerCase> => ({
    set: set.name,
    question: question.id,
    kind,
    evidence: await evidenceFor(question.question.trim()),
    answers: question.answers,
    gold: new Set(goldOf(question)),
  });

  const cases: AnswerCase[] = [];
  for (const question of set.questions) cases.push(await caseOf(question, 'answerable'));
  for (const { id, question } of set.unanswerable) {
    const evidence = await evidenceFor(question.trim());
    cases.push({ set: set.name, question: id, kind: 'unanswerable', evidence, answers: [], gold: new Set() });
  }
  const texts = new Map(set.documents.map(({ id, text }) => [id, text]));
  const removed = sample(set.questions, removals, 0);
  const writing = { store, embedder, index: cache, extractor: createExtractor(), clock: () => new Date(), limits };
  const askWithout = async (
    kind: 'removed' | 'part',
    group: number,
    deleted: (question: BenchQuestion) => readonly string[],
  ): Promise<void> => {
    const questions = removed.filter((question, i) => i % GROUPS === group && deleted(question).length > 0);
    if (questions.length === 0) return;
    await deleteDocuments(writing, COLLECTION, [...new Set(questions.flatMap(deleted))]);
    for (const question of questions) cases.push(await caseOf(question, kind));
    await ingest(writing, walk([join(ingested.folder, 'corpus.jsonl')], { limits, exclude: [] }), {
      collection: COLLECTION,
    });
  };
  for (let group = 0; group < GROUPS; group++) {
    await askWithout('removed', group, goldOf);
    await askWithout('part', group, (question) => answeringOf(question, texts));
  }
  return cases;
}
