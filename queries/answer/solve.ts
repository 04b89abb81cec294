/** Finds the direct answer in the evidence by the kind of question. Pure; the span scorer is passed in. */
import type { Evidence } from './evidence.js';
import { pickSpan } from './pick-span.js';
import type { Solution } from './solution.js';
import { solveChoice } from './solve-choice.js';
import { solvePolar } from './solve-polar.js';
import type { SpanModel } from './span-model.js';
import { typeFit } from './span-type-fit.js';

/** Probability from which a span is said first. */
const SURE = 0.25;

function solveOpen(evidence: Evidence, model: SpanModel): Solution | undefined {
  const picked = pickSpan(evidence, model);
  if (picked === undefined) return undefined;
  const { span, probability } = picked;
  const fit = typeFit(evidence.question.class, span.type);
  return {
    text: span.text,
    span: span.text,
    from: [span.sentence],
    sure: probability >= SURE && fit >= 0,
    probability,
    fit,
  };
}

/** The solution, or undefined for a question without English cues or evidence without candidates. */
export function solve(evidence: Evidence, model: SpanModel): Solution | undefined {
  const { question } = evidence;
  if (!question.english || evidence.passages.length === 0) return undefined;
  if (question.kind === 'yes-no') return solvePolar(evidence, model);
  if (question.choice !== undefined) {
    return solveChoice(evidence, model, question.choice) ?? solveOpen(evidence, model);
  }
  return solveOpen(evidence, model);
}
