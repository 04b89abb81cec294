/** Yes or no: do two names share a property, do both have it, does the evidence say so of one. */
import { countryKey } from '../../src/graph/demonyms.js';
import { nameKey } from '../../src/graph/name-key.js';
import type { QuestionAnalysis } from './analyse-question.js';
import { type AskedValue, askOfName, personBridges } from './ask-of-name.js';
import { type Evidence, type EvidencePassage, type EvidenceSentence, saysRelation } from './evidence.js';
import type { Span } from './find-spans.js';
import { findSubject, passagesNamed } from './find-subject.js';
import type { RelationWord } from './relation-words.js';
import { relationWord } from './relation-words.js';
import type { Solution } from './solution.js';
import type { SpanModel } from './span-model.js';

const NEGATION = /\b(?:not|never|no|neither|nor|cannot)\b|n['’]t\b/i;
const ALIKE = /^(?:same|share|shared|both|common|similar)$/;
const NATION =
  /^(?:country|nation|nationality|citizenship|countries|nationalities|national|citizens|american|british|french|german|indian)$/;
const LEAST_SHARE = 0.6;

/** Names of the question that the evidence knows, without those that mean the same document; question order. */
function knownNames(evidence: Evidence): readonly string[] {
  const seen = new Set<string>();
  const names: string[] = [];
  for (const { text } of evidence.question.names) {
    const document = passagesNamed(evidence, text)[0]?.document.id;
    if (document === undefined || seen.has(document)) continue;
    seen.add(document);
    names.push(text);
  }
  return names;
}

const isNation = (span: Span): boolean => span.type === 'nationality' || span.type === 'country';

function verdict(yes: boolean, from: readonly EvidenceSentence[], probability: number): Solution {
  return { text: yes ? 'Yes' : 'No', from, sure: true, likely: true, probability, fit: 1 };
}

/** Whether the values of two names are the same, countries by name or demonym. */
function sameValue(
  evidence: Evidence,
  model: SpanModel,
  names: readonly string[],
  bridges: readonly RelationWord[],
): Solution | undefined {
  const { question } = evidence;
  const nation = [...question.words].some((word) => NATION.test(word));
  const place =
    !nation && [...question.words].some((word) => /^(?:place|city|town|county|state|location|birthplace)$/.test(word));
  if (!nation && !place) return undefined;
  const bridging = new Set(bridges.map((relation) => relation.word));
  const target = [
    ...question.relations.filter((relation) => !ALIKE.test(relation.word) && !bridging.has(relation.word)),
    relationWord(nation ? 'country' : 'born', 0),
  ].map((relation) => ({ ...relation, role: 'target' as const, level: 0 }));
  const accept = nation
    ? isNation
    : (span: Span): boolean => span.type === 'place' || span.type === 'name' || span.type === 'country';
  const values: AskedValue[] = [];
  for (const name of names.slice(0, 2)) {
    const value = askOfName(evidence, model, name, bridges, target, nation ? 'country' : 'place', accept);
    if (value === undefined) return undefined;
    values.push(value);
  }
  const [left, right] = values.map((value) => (nation ? countryKey(value.span.key) : nameKey(value.span.text)));
  const same = left === right || ` ${left} `.includes(` ${right} `) || ` ${right} `.includes(` ${left} `);
  return verdict(
    same,
    values.flatMap((value) => value.from),
    Math.min(...values.map((value) => value.probability)),
  );
}

interface Support {
  /** Share of the property's words that the passages show, 0..1. */
  readonly share: number;
  readonly sentence: EvidenceSentence;
  readonly negated: boolean;
}

/** How well the passages on a name say what the question says of it. */
function supportOf(passages: readonly EvidencePassage[], property: readonly RelationWord[]): Support | undefined {
  const stems = new Set(passages.flatMap((passage) => passage.sentences.flatMap((sentence) => sentence.stems)));
  let best: EvidenceSentence | undefined;
  let bestCount = -1;
  for (const passage of passages) {
    for (const sentence of passage.sentences) {
      const count = property.filter((relation) => saysRelation(relation, sentence.stems)).length;
      if (count > bestCount) {
        best = sentence;
        bestCount = count;
      }
    }
  }
  if (best === undefined) return undefined;
  const share =
    property.length === 0 ? 0 : property.filter((relation) => saysRelation(relation, stems)).length / property.length;
  return { share, sentence: best, negated: NEGATION.test(best.text) };
}

function propertyWords(question: QuestionAnalysis, names: readonly string[]): readonly RelationWord[] {
  const named = new Set(names.flatMap((name) => nameKey(name).split(' ')));
  const words = question.relations.filter((relation) => !ALIKE.test(relation.word) && !named.has(relation.word));
  // "Are both American directors": a name that no document bears is part of the property.
  const rest = question.names
    .filter((name) => !names.includes(name.text))
    .flatMap((name) => nameKey(name.text).split(' '));
  return [...words, ...rest.filter((word) => word !== '').map((word) => relationWord(word, 0))];
}

/** The verdict, or undefined when the evidence supports neither. */
export function solvePolar(evidence: Evidence, model: SpanModel): Solution | undefined {
  const { question } = evidence;
  const names = knownNames(evidence);
  const bridges = personBridges(question).filter((relation) => relation.role === 'bridge');
  const alike = question.words.has('same') || question.words.has('share') || question.words.has('common');
  if (alike && names.length >= 2) {
    const linking =
      question.relations.some((relation) => relation.role === 'bridge') || /\bof\b/.test(question.question)
        ? bridges
        : [];
    const solved = sameValue(evidence, model, names, linking);
    if (solved !== undefined) return solved;
  }
  const property = propertyWords(question, names);
  if (property.length === 0) return undefined;
  const supports: Support[] = [];
  for (const name of names.slice(0, 2)) {
    const support = supportOf(findSubject(evidence, name, []).passages, property);
    if (support !== undefined) supports.push(support);
  }
  if (supports.length === 0) {
    const support = supportOf(evidence.passages.slice(0, 3), property);
    if (support === undefined) return undefined;
    supports.push(support);
  }
  const shares = supports.map((support) => (support.negated ? 1 - support.share : support.share));
  const least = Math.min(...shares);
  return verdict(
    least >= LEAST_SHARE,
    supports.map((support) => support.sentence),
    Math.abs(least - LEAST_SHARE),
  );
}
