/** The most probable span of the evidence: softmax over the scores, equal texts summed. */
import type { Evidence, EvidenceSentence } from './evidence.js';
import type { Span } from './find-spans.js';
import { agreesWithLife } from './life-dates.js';
import { spanTable } from './span-features.js';
import type { SpanModel } from './span-model.js';

export interface PickedSpan {
  /** Its best occurrence. */
  readonly span: Span;
  /** Of all its occurrences, 0..1. */
  readonly probability: number;
  /** Probability of the next different text. */
  readonly second: number;
  /** Sentences with the probability that one of their spans answers, most first; those below `LEAST_MASS` left out. */
  readonly sentences: readonly (readonly [sentence: EvidenceSentence, mass: number])[];
}

const LEAST_MASS = 0.02;

export interface PickOptions {
  /** Sentences that may answer; all by default. */
  readonly within?: (sentence: EvidenceSentence) => boolean;
  readonly accept?: (span: Span) => boolean;
}

/** The best span, or undefined when there is none to choose from. Ties go to the earlier span. */
export function pickSpan(
  evidence: Evidence,
  model: SpanModel,
  { within, accept }: PickOptions = {},
): PickedSpan | undefined {
  const table = spanTable(evidence, within);
  const { relations } = evidence.question;
  const accepted = table.spans.map((span) => (accept === undefined || accept(span)) && agreesWithLife(span, relations));
  const scores = model.scores(table);
  let greatest = Number.NEGATIVE_INFINITY;
  table.spans.forEach((_, i) => {
    if (accepted[i] === true && scores[i]! > greatest) greatest = scores[i]!;
  });
  const groups = new Map<string, { span: Span; best: number; mass: number }>();
  const bySentence = new Map<EvidenceSentence, number>();
  let total = 0;
  table.spans.forEach((span, i) => {
    if (accepted[i] !== true) return;
    const mass = Math.exp(scores[i]! - greatest);
    total += mass;
    bySentence.set(span.sentence, (bySentence.get(span.sentence) ?? 0) + mass);
    const { key } = span;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { span, best: mass, mass });
    else {
      group.mass += mass;
      if (mass > group.best) {
        group.best = mass;
        group.span = span;
      }
    }
  });
  let first: { span: Span; mass: number } | undefined;
  let second = 0;
  for (const group of groups.values()) {
    if (first === undefined || group.mass > first.mass) {
      second = Math.max(second, first?.mass ?? 0);
      first = group;
    } else if (group.mass > second) second = group.mass;
  }
  if (first === undefined) return undefined;
  const sentences = [...bySentence]
    .map(([sentence, mass]) => [sentence, mass / total] as const)
    .filter(([, mass]) => mass >= LEAST_MASS)
    .sort((a, b) => b[1] - a[1]);
  return { span: first.span, probability: first.mass / total, second: second / total, sentences };
}
