/** Fits the scorer of candidate answers: a softmax over a question's spans, by boosted trees. */
import { SPAN_WIDTH } from '../../queries/answer/span-feature-names.js';
import { spanTable } from '../../queries/answer/span-features.js';
import { type TreeRecord, Trees } from '../../queries/retrieve/trees.js';
import { scoreAnswer } from '../answers/squad-metrics.js';
import { fitTrees, type TreeOptions } from '../fit/fit-trees.js';
import type { AnswerCase } from './collect-cases.js';

const OPTIONS: TreeOptions = { trees: 110, leaves: 12, rate: 0.14, l2: 6, leastHessian: 0.6 };
/** A first, small model finds the negatives that are hard to tell from the answer. */
const SCOUT: TreeOptions = { ...OPTIONS, trees: 30 };
const SCOUT_NEGATIVES = 50;
const HARD_NEGATIVES = 50;
const EASY_NEGATIVES = 30;
/** A question of a set n times as large counts n to this power less. */
const SIZE_POWER = 0.4;
/** What an answer in a document that does not support it counts. */
const ELSEWHERE = 0.2;
/** Least F1 of a span that counts as partly right. */
const PARTLY = 0.5;

/** Spans of one question with the share of the answer that each is. */
export interface SpanExample {
  readonly set: string;
  readonly rows: Float64Array;
  readonly targets: readonly number[];
}

/** The example of a case, or undefined when no candidate is near an answer or the question asks no span. */
export function spanExample({ set, evidence, answers, gold }: AnswerCase): SpanExample | undefined {
  const { question } = evidence;
  if (question.kind !== 'open' || !question.english || answers.length === 0) return undefined;
  const { spans, rows } = spanTable(evidence);
  const raw = spans.map((span) => {
    const { f1 } = scoreAnswer(span.text, answers);
    if (f1 < PARTLY) return 0;
    return f1 ** 4 * (gold.has(span.sentence.passage.document.id) ? 1 : ELSEWHERE);
  });
  const sum = raw.reduce((a, b) => a + b, 0);
  return sum === 0 ? undefined : { set, rows, targets: raw.map((value) => value / sum) };
}

function pickRows(example: SpanExample, kept: readonly number[]): SpanExample {
  const rows = new Float64Array(kept.length * SPAN_WIDTH);
  kept.forEach((i, j) => {
    rows.set(example.rows.subarray(i * SPAN_WIDTH, (i + 1) * SPAN_WIDTH), j * SPAN_WIDTH);
  });
  return { set: example.set, rows, targets: kept.map((i) => example.targets[i]!) };
}

/** Every so manieth of the items, at most `count`. */
function spread(items: readonly number[], count: number): number[] {
  const step = Math.max(1, items.length / count);
  const out: number[] = [];
  for (let at = 0; at < items.length; at += step) out.push(items[Math.floor(at)]!);
  return out;
}

const numbersWhere = (example: SpanExample, positive: boolean): number[] =>
  [...example.targets.keys()].filter((i) => example.targets[i]! > 0 === positive);

const ascending = (a: number, b: number): number => a - b;

function fitSoftmax(examples: readonly SpanExample[], options: TreeOptions): TreeRecord[] {
  const count = examples.reduce((sum, example) => sum + example.targets.length, 0);
  const rows = new Float64Array(count * SPAN_WIDTH);
  const targets = new Float64Array(count);
  const starts = [0];
  const perSet = new Map<string, number>();
  for (const { set } of examples) perSet.set(set, (perSet.get(set) ?? 0) + 1);
  for (const example of examples) {
    const at = starts[starts.length - 1]!;
    rows.set(example.rows, at * SPAN_WIDTH);
    targets.set(example.targets, at);
    starts.push(at + example.targets.length);
  }
  // Large sets count more than small ones, but less than by their size.
  const weights = examples.map(({ set }) => (100 / perSet.get(set)!) ** SIZE_POWER);
  return fitTrees(
    rows,
    SPAN_WIDTH,
    (scores, gradient, hessian) => {
      for (let q = 0; q < examples.length; q++) {
        const [from, to] = [starts[q]!, starts[q + 1]!];
        let greatest = Number.NEGATIVE_INFINITY;
        for (let i = from; i < to; i++) greatest = Math.max(greatest, scores[i]!);
        let total = 0;
        for (let i = from; i < to; i++) {
          gradient[i] = Math.exp(scores[i]! - greatest);
          total += gradient[i]!;
        }
        for (let i = from; i < to; i++) {
          const p = gradient[i]! / total;
          gradient[i] = weights[q]! * (p - targets[i]!);
          hessian[i] = weights[q]! * Math.max(p * (1 - p), 1e-6);
        }
      }
    },
    options,
  );
}

/** Fits on the examples, with the negatives that a first model finds hard and some of the others. */
export function fitSpans(examples: readonly SpanExample[]): TreeRecord[] {
  const scout = new Trees(
    fitSoftmax(
      examples.map((example) =>
        pickRows(
          example,
          [...numbersWhere(example, true), ...spread(numbersWhere(example, false), SCOUT_NEGATIVES)].sort(ascending),
        ),
      ),
      SCOUT,
    ),
  );
  return fitSoftmax(
    examples.map((example) => {
      const scores = scout.predict(example.rows, SPAN_WIDTH, example.targets.length);
      const negatives = numbersWhere(example, false).sort((a, b) => scores[b]! - scores[a]! || a - b);
      const hard = negatives.slice(0, HARD_NEGATIVES);
      const easy = spread(negatives.slice(HARD_NEGATIVES), EASY_NEGATIVES);
      return pickRows(example, [...numbersWhere(example, true), ...hard, ...easy].sort(ascending));
    }),
    OPTIONS,
  );
}
