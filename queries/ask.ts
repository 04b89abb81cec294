/** Ask: analyse -> retrieve -> refine -> answer. Each step is an operation of its own; this file only strings them. */
import { ModelError, UsageError } from '../src/errors.js';
import { abstention, answerExtractively } from './answer/answer-extractively.js';
import { citationsOf } from './answer/citations.js';
import type { Draft } from './answer/draft.js';
import type { Evidence, EvidenceSentence } from './answer/evidence.js';
import { evidencePath } from './answer/evidence-path.js';
import { gatherEvidence } from './answer/gather.js';
import { writeWithModel } from './answer/write-with-model.js';
import { checkK, checkQuestion } from './check-question.js';
import type { QueryContext } from './query-context.js';
import type { SourceOptions } from './store-search/source.js';
import type { Answer, AnswerPassage, Filter } from './types.js';

/**
 * `off`: extractive answers only. `fallback`: the model writes when there is one, and the extractive answer with a
 * warning stands in when it fails. `required`: a failing or missing model is an error.
 */
export type LlmMode = 'off' | 'fallback' | 'required';

export interface AskOptions extends SourceOptions {
  readonly collection: string;
  /** Passages retrieved, 1..limits.maxK, default 10. */
  readonly k?: number | undefined;
  readonly filter?: Filter | undefined;
  /** Default `fallback`; without a chat model that is the extractive answer. */
  readonly llm?: LlmMode | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a stream of an answer gives: pieces of text as they are written, then the whole answer. */
export type AskEvent =
  | { readonly kind: 'text'; readonly text: string }
  /** The model failed midway: what was streamed is withdrawn, other text follows. */
  | { readonly kind: 'restart'; readonly reason: string }
  | { readonly kind: 'answer'; readonly answer: Answer };

interface Written {
  readonly draft: Draft;
  readonly confidence: number;
  readonly usage: Answer['usage'];
}

const NO_USAGE: Answer['usage'] = { promptTokens: 0, completionTokens: 0 };

/** Writes the answer, by the model when there is one; yields checked text as it comes. */
async function* write(
  context: QueryContext,
  evidence: Evidence,
  llm: LlmMode,
  signal: AbortSignal | undefined,
): AsyncGenerator<AskEvent, Written> {
  const extractive = await answerExtractively(evidence);
  const { confidence } = extractive;
  const { chat } = context;
  if (llm === 'required' && chat === undefined) {
    throw new UsageError('NO_CHAT_MODEL', 'An answer by a language model is required, but none is configured', {
      place: { field: 'llm' },
      remedy: 'Set HOPWISE_LLM_BASE_URL and HOPWISE_LLM_MODEL, or ask with llm "off".',
    });
  }
  let warnings: readonly string[] = [];
  if (chat !== undefined && llm !== 'off' && evidence.passages.length > 0) {
    let said = false;
    try {
      const writing = writeWithModel(chat, evidence, signal);
      let step = await writing.next();
      while (!step.done) {
        said = true;
        yield { kind: 'text', text: step.value };
        step = await writing.next();
      }
      const model = step.value;
      const usage = {
        promptTokens: model.usage.promptTokens,
        completionTokens: model.usage.completionTokens,
        model: chat.id,
        ...(model.usage.estimated ? { estimated: true } : {}),
      };
      if (model.declined) {
        const draft = abstention(evidence);
        yield { kind: 'text', text: draft.text };
        return { draft: { ...draft, warnings: model.warnings }, confidence, usage };
      }
      if (model.sentences.length > 0) return { draft: model, confidence, usage };
      throw new ModelError('MODEL_ANSWER_UNSUPPORTED', 'Nothing that the model wrote is supported by the evidence', {
        remedy: 'Use a stronger model, or ask with llm "fallback" or "off".',
        cause: model.warnings,
      });
    } catch (error) {
      if (llm === 'required' || !(error instanceof ModelError) || signal?.aborted === true) throw error;
      const unsupported = Array.isArray(error.cause) ? (error.cause as readonly string[]) : [];
      warnings = [
        ...unsupported,
        `${error.message.replace(/\.$/, '')}; the extractive answer stands in. ${error.remedy}`,
      ];
      if (said) yield { kind: 'restart', reason: error.message };
    }
  }
  yield { kind: 'text', text: extractive.text };
  return { draft: { ...extractive, warnings: [...warnings, ...extractive.warnings] }, confidence, usage: NO_USAGE };
}

/** The passages ranked best, and those that the bridges of the question led to where they are cited. */
function shownPassages(evidence: Evidence, cited: readonly EvidenceSentence[], k: number): readonly AnswerPassage[] {
  return evidence.passages
    .filter((passage, i) => i < k || cited.some((sentence) => sentence.passage === passage))
    .map(({ record, hit }) => ({
      id: record.id,
      documentId: record.documentId,
      start: record.start,
      end: record.end,
      score: hit.score,
      text: record.text,
    }));
}

/**
 * Asks and streams: `text` pieces already checked against their evidence (never withdrawn but by a `restart`), then
 * the whole `answer`.
 * @throws UsageError for an empty or over-long question, a `k` out of range, or a required but missing model;
 * NotFoundError for an unknown collection or a document that the filter names; ModelError when a required model or the
 * embeddings endpoint fails; the signal's reason when aborted
 */
export async function* askStream(
  context: QueryContext,
  question: string,
  options: AskOptions,
): AsyncGenerator<AskEvent> {
  const { limits, now } = context;
  const started = now();
  const asked = checkQuestion(question, limits);
  const k = checkK(options.k, limits);
  const { signal, llm = 'fallback' } = options;

  const evidence = await gatherEvidence(context, asked, { ...options, k });
  const gathered = now();
  const { draft, confidence, usage } = yield* write(context, evidence, llm, signal);
  const written = now();

  const { text, sentences, span, abstained, warnings } = draft;
  const answer: Answer = {
    question: asked,
    answer: text,
    ...(span === undefined ? {} : { span }),
    abstained,
    confidence,
    citations: citationsOf(sentences),
    path: evidencePath(evidence, sentences),
    passages: shownPassages(evidence, sentences, k),
    warnings,
    usage,
    timings: {
      ...evidence.retrieval.timings,
      gather: gathered - started,
      answer: written - gathered,
      total: now() - started,
    },
  };
  yield { kind: 'answer', answer };
}

/** Asks and waits for the whole answer; see `askStream` for what it throws. */
export async function ask(context: QueryContext, question: string, options: AskOptions): Promise<Answer> {
  for await (const event of askStream(context, question, options)) {
    if (event.kind === 'answer') return event.answer;
  }
  throw new Error('unreachable: a stream of an answer ends with the answer');
}
