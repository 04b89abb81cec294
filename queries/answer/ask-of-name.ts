/** The question behind a comparison: one value (a date, a country, a number) asked of one of the names compared. */
import { tokenise } from '../../src/text/index.js';
import type { QuestionAnalysis } from './analyse-question.js';
import type { Evidence, EvidenceSentence } from './evidence.js';
import type { Span } from './find-spans.js';
import { findSubject } from './find-subject.js';
import { type PickedSpan, pickSpan } from './pick-span.js';
import { type AnswerClass, classOfNoun } from './question-lexicon.js';
import type { RelationWord } from './relation-words.js';
import { askTable } from './solve-table.js';
import type { SpanModel } from './span-model.js';

export interface AskedValue extends PickedSpan {
  /** Sentences that it rests on, in the order of the reasoning. */
  readonly from: readonly EvidenceSentence[];
}

/** Words of the question that lead from its names to persons ("the director of film A"). */
export function personBridges(question: QuestionAnalysis): readonly RelationWord[] {
  return question.relations
    .filter((relation) => classOfNoun(relation.stem) === 'person')
    .map((relation) => ({ ...relation, role: 'bridge' as const, level: 1 }));
}

/**
 * The value of `wanted` class that the evidence gives for a name, asked by `target` words through `bridges`;
 * undefined when the evidence holds no such value.
 */
export function askOfName(
  evidence: Evidence,
  model: SpanModel,
  name: string,
  bridges: readonly RelationWord[],
  target: readonly RelationWord[],
  wanted: AnswerClass,
  accept: (span: Span) => boolean,
): AskedValue | undefined {
  const cell =
    bridges.length > 0
      ? undefined
      : askTable(evidence, { class: wanted, relations: target, focus: [], words: tokenise(name).words });
  if (cell !== undefined && accept(cell.span)) {
    return { span: cell.span, probability: cell.coverage, second: 0, sentences: [], from: [cell.span.sentence] };
  }
  const subject = findSubject(evidence, name, bridges);
  if (subject.passages.length === 0) return undefined;
  const question: QuestionAnalysis = {
    ...evidence.question,
    kind: 'open',
    class: wanted,
    word: wanted === 'date' ? 'when' : 'what',
    focus: [],
    relations: subject.complete ? [...target, ...bridges] : target,
  };
  const passages = evidence.passages.filter(
    (passage) => subject.passages.includes(passage) || subject.links.some((link) => link.passage === passage),
  );
  const picked = pickSpan({ ...evidence, question, passages }, model, {
    within: (sentence) => subject.passages.includes(sentence.passage),
    accept,
  });
  if (picked === undefined) return undefined;
  const { sentence } = picked.span;
  return { ...picked, from: [...subject.links, sentence] };
}
