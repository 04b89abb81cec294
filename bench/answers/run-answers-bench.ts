/** `hopwise bench answers DIR...`: how often the direct answer is right, and whether the quotes hold the answer. */

import { type Answer, ask, loadRanker } from '../../queries/index.js';
import { UsageError } from '../../src/errors.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { loadStaticEmbedder } from '../../src/models/static-embedder.js';
import type { BenchOptions } from '../bench-options.js';
import { loadBenchSet } from '../retrieval/bench-set.js';
import { ingestSet } from '../retrieval/ingest-set.js';
import { holdsAnswer, scoreAnswer } from './squad-metrics.js';

/** `sample`: questions drawn from each folder; default all. */
export type AnswersBenchOptions = BenchOptions;

/** Figures of one folder; shares in per cent of its questions with answers. */
export interface AnswersRow {
  readonly set: string;
  readonly questions: number;
  readonly em: number;
  readonly f1: number;
  /** The gold answer stands in a cited quote; of questions whose answer is not yes or no. */
  readonly quoted: number;
  /** Given a direct answer (a span, yes or no). */
  readonly direct: number;
  /** Exact matches of those. */
  readonly directEm: number;
  readonly abstained: number;
  /** Median milliseconds of the steps after retrieval. */
  readonly answerMs: number;
}

/** What the answer says first: its span, or a verdict, else its whole text. */
export function directAnswer(answer: Answer): string | undefined {
  if (answer.abstained) return undefined;
  if (answer.span !== undefined) return answer.span;
  const first = /^(.{1,80}?) (?:\[\d+\])+\./su.exec(answer.answer);
  const quoted = answer.citations.some(
    ({ quote }) => first !== null && quote.startsWith(first[1]!.replace(/^\[[^\]]*\]\s*/, '')),
  );
  return first === null || quoted ? undefined : first[1];
}

const POLAR = /^(?:yes|no)$/i;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

async function measure(folder: string, options: AnswersBenchOptions): Promise<AnswersRow> {
  const set = await loadBenchSet(folder, options.sample, options.seed);
  const embedder = await loadStaticEmbedder();
  await using ingested = await ingestSet(set, embedder);
  const context = {
    store: ingested.store,
    index: ingested.cache,
    embedder,
    ranker: await loadRanker(),
    limits: DEFAULT_LIMITS,
    now: () => performance.now(),
  };
  const sums = { n: 0, em: 0, f1: 0, spans: 0, quoted: 0, direct: 0, directEm: 0, abstained: 0 };
  const times: number[] = [];
  for (const { question, answers } of set.questions) {
    if (answers.length === 0) continue;
    options.signal?.throwIfAborted();
    const answer = await ask(context, question, { collection: 'bench', signal: options.signal });
    const said = directAnswer(answer);
    const { em, f1 } = scoreAnswer(said ?? '', answers);
    sums.n++;
    sums.em += em;
    sums.f1 += f1;
    if (!answers.every((gold) => POLAR.test(gold))) {
      sums.spans++;
      if (answer.citations.some(({ quote }) => holdsAnswer(quote, answers))) sums.quoted++;
    }
    if (said !== undefined) {
      sums.direct++;
      sums.directEm += em;
    }
    if (answer.abstained) sums.abstained++;
    times.push((answer.timings['refine'] ?? 0) + (answer.timings['answer'] ?? 0));
  }
  const percent = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);
  return {
    set: set.name,
    questions: sums.n,
    em: percent(sums.em, sums.n),
    f1: percent(sums.f1, sums.n),
    quoted: percent(sums.quoted, sums.spans),
    direct: percent(sums.direct, sums.n),
    directEm: percent(sums.directEm, sums.direct),
    abstained: percent(sums.abstained, sums.n),
    answerMs: Math.round(10 * median(times)) / 10,
  };
}

/**
 * Runs the benchmark through `ask`, with the models as shipped: sets that they were fitted on are not held out here
 * (docs/answers-card.md has their out-of-fold figures).
 * @throws UsageError without a folder; SourceError for a folder that cannot be read
 */
export async function runAnswersBench(options: AnswersBenchOptions): Promise<AnswersRow[]> {
  const { folders, json = false, print } = options;
  if (folders.length === 0) {
    throw new UsageError('NO_FOLDERS', 'No benchmark folder was given.', {
      remedy: 'Name folders that hold corpus.jsonl and questions.jsonl with answers.',
    });
  }
  const rows: AnswersRow[] = [];
  if (!json) print('set                        questions    EM     F1  in quotes  direct  EM of direct  abstained  ms');
  for (const folder of folders) {
    const row = await measure(folder, options);
    rows.push(row);
    const cell = (value: number, width: number): string => value.toFixed(1).padStart(width);
    print(
      json
        ? JSON.stringify(row)
        : `${row.set.padEnd(26)} ${String(row.questions).padStart(9)} ${cell(row.em, 5)} ${cell(row.f1, 6)} ${cell(row.quoted, 10)} ${cell(row.direct, 7)} ${cell(row.directEm, 13)} ${cell(row.abstained, 10)} ${cell(row.answerMs, 3)}`,
    );
  }
  return rows;
}
