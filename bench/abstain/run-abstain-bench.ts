/**
 * `hopwise bench abstain DIR...`: precision, recall and F1 of abstaining and the calibration of the confidence, on
 * answerable questions, the same questions without their gold documents, and unanswerable ones. Models are refitted on
 * the folders given, so that every figure is of cases whose question the model did not see; `shipped` uses the models
 * as shipped instead, for folders that they were not fitted on.
 */
import { loadAbstainModel } from '../../queries/answer/abstain.js';
import { solve } from '../../queries/answer/solve.js';
import { loadSpanModel } from '../../queries/answer/span-model.js';
import type { BenchOptions } from '../bench-options.js';
import { type AbstainRow, abstainRows, abstainTable, type ReportedCase } from './abstain-report.js';
import { collectAll, solveOutOfFold } from './answer-models.js';
import type { AnswerCase } from './collect-cases.js';
import { outOfFold } from './fit-abstain.js';

/** `sample`: questions drawn from each folder; default all. */
export interface AbstainBenchOptions extends BenchOptions {
  /** The models as shipped instead of out of fold. */
  readonly shipped?: boolean | undefined;
}

async function judgeAsShipped(cases: readonly AnswerCase[]): Promise<ReportedCase[]> {
  const spans = await loadSpanModel();
  const model = await loadAbstainModel();
  return cases.map(({ set, kind, evidence }) => ({
    set,
    kind,
    confidence: model.judge(evidence, solve(evidence, spans)).confidence,
  }));
}

function judgeOutOfFold(cases: readonly AnswerCase[]): ReportedCase[] {
  const solved = solveOutOfFold(cases);
  const confidences = outOfFold(solved);
  return solved.map(({ set, kind }, i) => ({ set, kind, confidence: confidences[i]! }));
}

/** @throws UsageError without a folder; SourceError for a folder that cannot be read */
export async function runAbstainBench(options: AbstainBenchOptions): Promise<AbstainRow[]> {
  const { json = false, print, shipped = false } = options;
  const cases = await collectAll({ ...options, print: json ? () => {} : print });
  const rows = abstainRows(shipped ? await judgeAsShipped(cases) : judgeOutOfFold(cases));
  if (json) for (const row of rows) print(JSON.stringify(row));
  else for (const line of abstainTable(rows)) print(line);
  return rows;
}
