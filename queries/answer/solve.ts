/** Finds the direct answer in the evidence by the kind of question. Pure; the span scorer is passed in. */
import type { Evidence, EvidencePassage } from './evidence.js';
import { findSubject } from './find-subject.js';
import { type PickedSpan, pickSpan } from './pick-span.js';
import type { Solution } from './solution.js';
import { solveChoice } from './solve-choice.js';
import { solvePolar } from './solve-polar.js';
import type { SpanModel } from './span-model.js';
import { typeFit } from './span-type-fit.js';

/** Probability from which a span is said first. */
const SURE = 0.25;

/** Passages of what the question asks about, where its names lead to a document over all bridges; empty otherwise. */
function subjectPassages(evidence: Evidence): ReadonlySet<EvidencePassage> {
  const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
  const found = new Set<EvidencePassage>();
  if (bridges.length === 0) return found;
  for (const { text } of evidence.question.names) {
    const { passages, complete } = findSubject(evidence, text, bridges);
    if (complete) for (const passage of passages) found.add(passage);
  }
  return found;
}

/** The span among all the evidence, or, where it lies in what is asked about, as probable as it is there alone. */
function pick(evidence: Evidence, model: SpanModel): PickedSpan | undefined {
  const anywhere = pickSpan(evidence, model);
  const subject = subjectPassages(evidence);
  if (anywhere === undefined || subject.size === 0 || !subject.has(anywhere.span.sentence.passage)) return anywhere;
  const inside = pickSpan(evidence, model, { within: (sentence) => subject.has(sentence.passage) });
  return inside?.span.key === anywhere.span.key ? inside : anywhere;
}

function solveOpen(evidence: Evidence, model: SpanModel): Solution | undefined {
  const picked = pick(evidence, model);
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
