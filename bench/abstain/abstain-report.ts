/** Figures of abstention as lines for people or objects for programs. */

import { type AbstainFigures, abstainFigures, balance } from './abstain-metrics.js';
import type { AnswerCase } from './collect-cases.js';
import { THRESHOLD } from './fit-abstain.js';

export interface ReportedCase {
  readonly set: string;
  readonly kind: AnswerCase['kind'];
  readonly confidence: number;
}

interface Labelled {
  readonly set: string;
  readonly answerable: boolean;
  readonly confidence: number;
}

/** One row of `bench abstain --json`; shares in 0..1, both classes weighing the same. */
export interface AbstainRow extends AbstainFigures {
  /** Name of the set, or `all`: every set weighs the same. */
  readonly set: string;
  readonly answerable: number;
  readonly unanswerable: number;
}

function rowOf(set: string, cases: readonly Labelled[], weights?: readonly number[]): AbstainRow {
  const weighted = weights === undefined ? balance(cases) : cases.map((item, i) => ({ ...item, weight: weights[i]! }));
  const answerable = cases.filter((item) => item.answerable).length;
  return {
    set,
    answerable,
    unanswerable: cases.length - answerable,
    ...abstainFigures(weighted.map((item) => ({ ...item, abstained: item.confidence < THRESHOLD }))),
  };
}

/**
 * A row a set, in order of appearance; one of the answerable questions against those of which only the documents with
 * the answer are gone, which are in no other row; and one over all sets.
 */
export function abstainRows(reported: readonly ReportedCase[]): AbstainRow[] {
  const labelled = reported.map(({ set, kind, confidence }) => ({
    set,
    kind,
    answerable: kind === 'answerable',
    confidence,
  }));
  const cases = labelled.filter(({ kind }) => kind !== 'part');
  const sets = [...new Set(cases.map((item) => item.set))];
  const rows = sets.map((set) =>
    rowOf(
      set,
      cases.filter((item) => item.set === set),
    ),
  );
  const inPart = new Set(labelled.filter(({ kind }) => kind === 'part').map(({ set }) => set));
  if (inPart.size > 0) {
    const parts = labelled.filter(({ set, kind }) => kind === 'part' || (kind === 'answerable' && inPart.has(set)));
    rows.push(rowOf('(answer alone gone)', parts));
  }
  if (sets.length < 2) return rows;
  const weights = new Array<number>(cases.length).fill(0);
  for (const set of sets) {
    const numbers = cases.flatMap((item, i) => (item.set === set ? [i] : []));
    balance(numbers.map((i) => cases[i]!)).forEach(({ weight }, j) => {
      weights[numbers[j]!] = weight;
    });
  }
  return [...rows, rowOf('all', cases, weights)];
}

const HEAD = 'set                    answerable  not  precision  recall     F1    AUC    ECE';

/** A table, the calibration curve of the last row below it. */
export function abstainTable(rows: readonly AbstainRow[]): string[] {
  const lines = [HEAD];
  for (const row of rows) {
    const cell = (value: number, width: number): string => value.toFixed(3).padStart(width);
    lines.push(
      `${row.set.padEnd(22)} ${String(row.answerable).padStart(10)} ${String(row.unanswerable).padStart(4)} ${cell(row.precision, 10)} ${cell(row.recall, 7)} ${cell(row.f1, 6)} ${cell(row.auc, 6)} ${cell(row.ece, 6)}`,
    );
  }
  const last = rows[rows.length - 1];
  if (last === undefined) return lines;
  lines.push(
    '',
    `calibration (${last.set}): confidence bin, share of cases, mean confidence, share answered by the documents`,
  );
  for (const bin of last.bins) {
    lines.push(
      `  ${bin.low.toFixed(1)}-${(bin.low + 0.1).toFixed(1)}  ${bin.weight.toFixed(3)}  ${bin.confidence.toFixed(3)}  ${bin.answerable.toFixed(3)}  ${'#'.repeat(Math.round(40 * bin.answerable))}`,
    );
  }
  return lines;
}
