/** What a question and its evidence are together, measured once for all candidate spans. */
import { questionShape } from './alignment.js';
import type { Evidence, EvidencePassage, EvidenceSentence } from './evidence.js';
import { findSubject } from './find-subject.js';
import { type Hop, measureHops } from './hops.js';
import { JointCoverage } from './joint-coverage.js';
import { QuestionMarks } from './sentence-view.js';
import type { SpanTable } from './span-features.js';

export interface QuestionView {
  readonly evidence: Evidence;
  readonly hops: ReadonlyMap<EvidencePassage, Hop>;
  readonly titles: ReadonlyMap<EvidencePassage, ReadonlySet<string>>;
  /** Passages that hold a text in small letters. */
  holding(lower: string): number;
  /** Tables of the sentences looked at, by what is sought in them. */
  readonly measured: Readonly<Record<'none' | 'whole' | 'all', Map<EvidenceSentence, SpanTable>>>;
  readonly birth: number;
  readonly death: number;
  readonly targets: number;
  readonly hasBridge: number;
  /** Documents that the question asks about. */
  readonly subject: ReadonlySet<string>;
  readonly marks: QuestionMarks;
  readonly joint: JointCoverage;
  /** Of the passages' titles: 1 when the first sentence of a document says the noun asked for, else -1. */
  readonly kinds: ReadonlyMap<string, number>;
  /** What a sentence covers alone and with another; measured once. */
  readonly coverage: Map<EvidenceSentence, readonly [alone: number, paired: number, residual: number]>;
}

/** What a sentence covers: alone, with the best partner, and of what its link leaves open. */
export function coverageOf(q: QuestionView, sentence: EvidenceSentence): readonly [number, number, number] {
  let known = q.coverage.get(sentence);
  if (known === undefined) {
    const { joint, hops } = q;
    const link = hops.get(sentence.passage)!.link;
    known = [joint.alone(sentence), joint.paired(sentence), joint.residual(sentence, link)];
    q.coverage.set(sentence, known);
  }
  return known;
}

/** Whether the documents on names say that they are what the question asks for. */
function kindsOf(evidence: Evidence): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  const head = evidence.question.focus.at(-1);
  if (head === undefined) return kinds;
  for (const { titleKey, sentences, record } of evidence.passages) {
    if (titleKey === '' || record.ordinal !== 0 || kinds.has(titleKey)) continue;
    kinds.set(titleKey, sentences[0]?.stems.includes(head) === true ? 1 : -1);
  }
  return kinds;
}

/** Documents that the names of the question lead to through its bridge words. */
function subjectDocuments(evidence: Evidence): ReadonlySet<string> {
  const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
  const found = new Set<string>();
  for (const { text } of evidence.question.names) {
    const { passages, complete } = findSubject(evidence, text, bridges);
    if (!complete) continue;
    for (const passage of passages) if (passage.titleKey !== '') found.add(passage.document.id);
  }
  return found;
}

function holdingIn(evidence: Evidence): (lower: string) => number {
  const texts = evidence.passages.map((passage) => passage.record.text.toLowerCase());
  const counts = new Map<string, number>();
  return (lower) => {
    let count = counts.get(lower);
    if (count === undefined) {
      count = texts.reduce((sum, text) => sum + (text.includes(lower) ? 1 : 0), 0);
      counts.set(lower, count);
    }
    return count;
  };
}

const known = new WeakMap<Evidence, QuestionView>();

/** Measured at the first call for an evidence, which never changes. */
export function questionView(evidence: Evidence): QuestionView {
  let view = known.get(evidence);
  if (view !== undefined) return view;
  const { question } = evidence;
  const asksFor = (pattern: RegExp): number =>
    question.relations.some((relation) => relation.role === 'target' && pattern.test(relation.word)) ? 1 : 0;
  view = {
    evidence,
    hops: measureHops(evidence),
    titles: new Map(evidence.passages.map((passage) => [passage, new Set(passage.titleKey.split(' '))])),
    holding: holdingIn(evidence),
    measured: { none: new Map(), whole: new Map(), all: new Map() },
    birth: asksFor(/^(?:born|birth|birthday|birthplace|birthdate)$/),
    death: asksFor(/^(?:die|died|death|killed|buried)$/),
    targets: question.relations.filter((relation) => relation.role === 'target').length,
    hasBridge: question.relations.some((relation) => relation.role === 'bridge') ? 1 : 0,
    subject: subjectDocuments(evidence),
    marks: new QuestionMarks(evidence, questionShape(question)),
    joint: new JointCoverage(evidence),
    kinds: kindsOf(evidence),
    coverage: new Map(),
  };
  known.set(evidence, view);
  return view;
}
