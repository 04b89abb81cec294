/** Chooses between the two names of a question by comparing what the evidence says of each. */

import type { QuestionAnalysis } from './analyse-question.js';
import { type AskedValue, askOfName, personBridges } from './ask-of-name.js';
import type { Evidence, EvidencePassage } from './evidence.js';
import { saysRelation } from './evidence.js';
import type { ChoiceQuestion } from './find-choice.js';
import type { Span } from './find-spans.js';
import { passagesNamed } from './find-subject.js';
import { compareDateValues, readDate, readNumber } from './read-value.js';
import type { RelationWord } from './relation-words.js';
import { relationWord } from './relation-words.js';
import type { Solution } from './solution.js';
import type { SpanModel } from './span-model.js';

const BIRTH = /^(?:born|birth|older|oldest|elder|younger|youngest|age)$/;
const DEATH = /^(?:died|die|death)$/;
const RELEASE = /^(?:came|come|out|released|release|premiered|published|launched)$/;

const isDate = (span: Span): boolean =>
  (span.type === 'date' || span.type === 'year') && readDate(span.text) !== undefined;
const isNumber = (span: Span): boolean => span.type === 'number' && readNumber(span.text) !== undefined;

/** The words by which the dates or numbers of the options are asked. */
function measured(question: QuestionAnalysis, bridges: readonly RelationWord[]): readonly RelationWord[] {
  const words = [...question.words];
  if (words.some((word) => BIRTH.test(word)) && !words.some((word) => DEATH.test(word)))
    return [relationWord('born', 0)];
  if (words.some((word) => DEATH.test(word))) return [relationWord('died', 0)];
  if (words.some((word) => RELEASE.test(word))) return [relationWord('released', 0)];
  const bridging = new Set(bridges.map((relation) => relation.word));
  return question.relations
    .filter((relation) => !bridging.has(relation.word))
    .map((relation) => ({ ...relation, role: 'target' as const, level: 0 }));
}

function solutionOf(option: string, values: readonly AskedValue[], certain: boolean): Solution {
  const from = values.flatMap((value) => value.from);
  const span = from.some((sentence) => sentence.text.includes(option)) ? { span: option } : {};
  const probability = Math.min(...values.map((value) => value.probability));
  return { text: option, ...span, from, sure: certain, likely: true, probability, fit: 1 };
}

function byLifetime(
  evidence: Evidence,
  model: SpanModel,
  choice: ChoiceQuestion,
  bridges: readonly RelationWord[],
): Solution | undefined {
  const asked = choice.options.map((option) =>
    ['born', 'died'].map((word) =>
      askOfName(evidence, model, option, bridges, [relationWord(word, 0)], 'date', isDate),
    ),
  );
  const years = asked.map(([born, died]) =>
    born === undefined || died === undefined ? undefined : readDate(died.span.text)![0] - readDate(born.span.text)![0],
  );
  const [a, b] = years;
  if (a === undefined || b === undefined || a === b) return undefined;
  const first = choice.by?.pick === 'greatest' ? a > b : a < b;
  return solutionOf(
    choice.options[first ? 0 : 1],
    asked.flat().filter((value) => value !== undefined),
    true,
  );
}

function byValue(
  evidence: Evidence,
  model: SpanModel,
  choice: ChoiceQuestion,
  bridges: readonly RelationWord[],
): Solution | undefined {
  const by = choice.by!;
  const dates = by.measure === 'date';
  const target = measured(evidence.question, bridges);
  const [left, right] = choice.options.map((option) =>
    askOfName(evidence, model, option, bridges, target, dates ? 'date' : 'number', dates ? isDate : isNumber),
  );
  if (left === undefined || right === undefined) return undefined;
  const order = dates
    ? compareDateValues(readDate(left.span.text)!, readDate(right.span.text)!)
    : readNumber(left.span.text)! - readNumber(right.span.text)!;
  if (order === 0) return undefined;
  const first = by.pick === 'least' ? order < 0 : order > 0;
  return solutionOf(choice.options[first ? 0 : 1], [left, right], true);
}

/** Without a comparison: the option whose passages say more of what is asked. */
function bySupport(evidence: Evidence, choice: ChoiceQuestion): Solution | undefined {
  const { relations } = evidence.question;
  const support = choice.options.map((option) => {
    const passages = passagesNamed(evidence, option);
    let best: { passage: EvidencePassage; count: number } | undefined;
    for (const passage of passages) {
      const stems = passage.sentences.flatMap((sentence) => sentence.stems);
      const count = relations.filter((relation) => saysRelation(relation, stems)).length;
      if (best === undefined || count > best.count) best = { passage, count };
    }
    return best;
  });
  const [left, right] = support;
  if ((left?.count ?? 0) === (right?.count ?? 0)) return undefined;
  const first = (left?.count ?? 0) > (right?.count ?? 0);
  const passage = (first ? left : right)!.passage;
  const sentence = [...passage.sentences].sort(
    (a, b) => b.targetCoverage + b.coverage - a.targetCoverage - a.coverage || a.index - b.index,
  )[0];
  if (sentence === undefined) return undefined;
  const option = choice.options[first ? 0 : 1];
  const span = sentence.text.includes(option) ? { span: option } : {};
  const share = 1 / Math.max(1, relations.length);
  return {
    text: option,
    ...span,
    from: [sentence],
    sure: true,
    likely: true,
    probability: share * Math.abs((left?.count ?? 0) - (right?.count ?? 0)),
    fit: 1,
  };
}

/** The chosen option, or undefined when the evidence does not tell the two apart. */
export function solveChoice(evidence: Evidence, model: SpanModel, choice: ChoiceQuestion): Solution | undefined {
  const bridges = personBridges(evidence.question);
  if (choice.by === undefined) return bySupport(evidence, choice);
  // "Who is older, A or B?" asks of persons; their names are no bridge to others.
  if (choice.by.measure === 'lifetime')
    return byLifetime(evidence, model, choice, bridges) ?? bySupport(evidence, choice);
  return byValue(evidence, model, choice, bridges) ?? bySupport(evidence, choice);
}
