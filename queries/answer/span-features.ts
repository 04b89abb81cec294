/** The numbers that the span scorer sees of a candidate answer. Runtime and trainer use this one function. */
import type { Evidence, EvidencePassage, EvidenceSentence } from './evidence.js';
import { saysRelation } from './evidence.js';
import { findSpans, type Span, type SpanType } from './find-spans.js';
import { findSubject } from './find-subject.js';
import { type Hop, measureHops } from './hops.js';
import type { AnswerClass } from './question-lexicon.js';
import { sentenceScore } from './score-sentences.js';
import { typeFit } from './span-type-fit.js';

const TYPES: readonly SpanType[] = [
  'person',
  'organisation',
  'place',
  'country',
  'work',
  'event',
  'name',
  'nationality',
  'date',
  'year',
  'number',
  'chunk',
  'clause',
];
const CLASSES: readonly AnswerClass[] = [
  'person',
  'organisation',
  'place',
  'country',
  'nationality',
  'date',
  'year',
  'number',
  'duration',
  'work',
  'thing',
  'reason',
];

export const SPAN_FEATURES = [
  'fit', // agreement of type and question, -1..1
  ...TYPES.map((type) => `type:${type}`),
  ...CLASSES.map((name) => `class:${name}`),
  'words', // tokens of the span
  'asked', // share of its words that the question holds
  'titled', // share of its words that the passage's title holds
  'isTitle',
  'rank', // of the passage
  'weight', // exp(score - best)
  'named', // the question names the document
  'depth', // hops from the question, 4: no way
  'linkBridge', // bridge words in the sentence that leads here
  'linkTarget',
  'linkNear', // closeness of a bridge word to this document's name there
  'subject', // the document is what the question asks about, by its first name and bridge words
  'subjectKnown', // such a document was found
  'about', // the sentence opens with the title's name or a pronoun
  'passageCoverage',
  'sentence', // position in the passage
  'coverage',
  'titledCoverage',
  'targetCoverage',
  'bridgeCoverage',
  'sentenceScore',
  'sentenceRank',
  'near', // idf share of question words close by
  'target', // closeness of a word of the asked relation, 0..1
  'targetBefore', // tokens since the last such word, at most 20
  'targetAfter', // tokens to the next one, at most 20
  'bridge', // closeness of a bridge word
  'focusIn', // the asked noun is in the span
  'focusNear', // or within three tokens
  'nameNear', // closeness of a word of a question name
  'namesLeft', // such a word stands before
  'prevBy',
  'prevIn', // in, at, on, from, to
  'prevOf',
  'prevBe', // is, was, are, were, the, a, an after them
  'prevAnd',
  'prevOpen', // opening bracket
  'prevDash',
  'prevComma',
  'nextClose', // closing bracket
  'nextComma',
  'nextEnd', // end of the sentence or of a clause
  'inBrackets',
  'order', // which one of its type in the sentence
  'position', // token position over the sentence's tokens
  'birth', // the question asks for a birth and so on
  'death',
  'bornNear',
  'diedNear',
  'passagesWith', // share of evidence passages that hold the span's text
  'relations', // target relation words in the question
  'hasBridge',
] as const;

export const SPAN_WIDTH = SPAN_FEATURES.length;

/** Sentences that spans are taken from. */
const MOST_SENTENCES = 24;
/** Best sentences whose noun chunks may answer a question for a name or number ("altitude chamber" where). */
const WHOLE_CHUNKS = 5;
/** Classes that no common noun answers. */
const STRICT: ReadonlySet<AnswerClass> = new Set(['date', 'year', 'country', 'nationality']);
/** What the sentence of a document that the question asks about is worth among them. */
const SUBJECT_BONUS = 0.5;
const FAR = 20;

interface SentenceView {
  readonly sentence: EvidenceSentence;
  readonly rank: number;
  /** Idf of the question term at each token, else 0. */
  readonly idf: Float64Array;
  /** 1 where a token speaks of the asked relation, or of the bridge. */
  readonly target: Uint8Array;
  readonly bridge: Uint8Array;
  readonly focus: Uint8Array;
  readonly name: Uint8Array;
  readonly born: Uint8Array;
  readonly died: Uint8Array;
  /** Bracket depth before each token. */
  readonly depth: Uint8Array;
  readonly about: number;
}

const BORN = /^(?:born|birth|b)$/;
const DIED = /^(?:died|death|dead|killed|d)$/;

/** The sentence speaks of what its document is about. */
function aboutTitle(sentence: EvidenceSentence): boolean {
  const first = sentence.tokens.words.slice(0, 4);
  if (/^(?:he|she|it|his|her|its|they)$/.test(first[0] ?? '')) return true;
  const title = sentence.passage.titleKey.split(' ');
  return title.some((word) => word.length > 2 && first.includes(word));
}

function viewOf(evidence: Evidence, sentence: EvidenceSentence, rank: number): SentenceView {
  const { question } = evidence;
  const { tokens, stems, text } = sentence;
  const n = tokens.count;
  const view = {
    sentence,
    rank,
    idf: new Float64Array(n),
    target: new Uint8Array(n),
    bridge: new Uint8Array(n),
    focus: new Uint8Array(n),
    name: new Uint8Array(n),
    born: new Uint8Array(n),
    died: new Uint8Array(n),
    depth: new Uint8Array(n),
    about: aboutTitle(sentence) ? 1 : 0,
  };
  const nameWords = new Set<string>();
  for (const { from, to } of question.names) for (let i = from; i < to; i++) nameWords.add(question.tokens.words[i]!);
  const focus = new Set(question.focus);
  let depth = 0;
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (; at < tokens.start[i]!; at++) {
      const code = text[at];
      if (code === '(' || code === '[') depth++;
      else if ((code === ')' || code === ']') && depth > 0) depth--;
    }
    view.depth[i] = depth;
    const word = tokens.words[i]!;
    if (BORN.test(word)) view.born[i] = 1;
    if (DIED.test(word)) view.died[i] = 1;
    const root = stems[i]!;
    if (root === '') continue;
    view.idf[i] = evidence.idf.get(root) ?? 0;
    if (focus.has(root)) view.focus[i] = 1;
    if (nameWords.has(word)) view.name[i] = 1;
    for (const relation of question.relations) {
      if (saysRelation(relation, [root])) view[relation.role][i] = 1;
    }
  }
  return view;
}

/** Tokens from the span back to the last marked token, FAR when there is none near. */
function back(marks: Uint8Array, from: number): number {
  for (let d = 1; d <= FAR && from - d >= 0; d++) if (marks[from - d] === 1) return d;
  return FAR;
}

function ahead(marks: Uint8Array, to: number): number {
  for (let d = 1; d <= FAR && to + d - 1 < marks.length; d++) if (marks[to + d - 1] === 1) return d;
  return FAR;
}

const closeness = (distance: number): number => (distance >= FAR ? 0 : Math.exp(-(distance - 1) / 4));

interface QuestionView {
  readonly evidence: Evidence;
  readonly hops: ReadonlyMap<EvidencePassage, Hop>;
  readonly titles: ReadonlyMap<EvidencePassage, ReadonlySet<string>>;
  readonly texts: readonly string[];
  readonly birth: number;
  readonly death: number;
  readonly targets: number;
  readonly hasBridge: number;
  /** Documents that the question asks about. */
  readonly subject: ReadonlySet<string>;
}

function fill(out: Float64Array, at: number, view: SentenceView, span: Span, order: number, q: QuestionView): void {
  const { question, idfMass, passages } = q.evidence;
  const { sentence } = view;
  const { passage, tokens, text } = sentence;
  const hop = q.hops.get(passage)!;
  const title = q.titles.get(passage)!;
  const { from, to } = span;
  let i = at;
  const put = (value: number): void => {
    out[i++] = value;
  };
  put(typeFit(question.class, span.type));
  for (const type of TYPES) put(type === span.type ? 1 : 0);
  for (const name of CLASSES) put(name === question.class ? 1 : 0);
  const count = to - from;
  put(count);
  let asked = 0;
  let titled = 0;
  let focusIn = 0;
  for (let t = from; t < to; t++) {
    const word = tokens.words[t]!;
    if (question.words.has(word)) asked++;
    if (title.has(word)) titled++;
    if (view.focus[t] === 1) focusIn = 1;
  }
  put(asked / count);
  put(titled / count);
  put(span.key === passage.titleKey ? 1 : 0);
  put(passage.rank);
  put(passage.weight);
  put(passage.named ? 1 : 0);
  put(hop.depth);
  put(hop.link?.bridgeCoverage ?? 0);
  put(hop.link?.targetCoverage ?? 0);
  put(hop.linkNear);
  put(q.subject.has(passage.document.id) ? 1 : 0);
  put(q.subject.size > 0 ? 1 : 0);
  put(view.about);
  put(passage.coverage);
  put(sentence.index);
  put(sentence.coverage);
  put(sentence.titledCoverage);
  put(sentence.targetCoverage);
  put(sentence.bridgeCoverage);
  put(sentenceScore(sentence));
  put(view.rank);
  let near = 0;
  for (let t = 0; t < tokens.count; t++) {
    if (view.idf[t] === 0 || (t >= from && t < to)) continue;
    near += view.idf[t]! * Math.exp(-(t < from ? from - t : t - to + 1) / 5);
  }
  put(idfMass === 0 ? 0 : near / idfMass);
  const targetBefore = back(view.target, from);
  const targetAfter = ahead(view.target, to);
  put(closeness(Math.min(targetBefore, targetAfter)));
  put(targetBefore);
  put(targetAfter);
  put(closeness(Math.min(back(view.bridge, from), ahead(view.bridge, to))));
  put(focusIn);
  put(Math.min(back(view.focus, from), ahead(view.focus, to)) <= 3 ? 1 : 0);
  const nameBefore = back(view.name, from);
  put(closeness(Math.min(nameBefore, ahead(view.name, to))));
  put(nameBefore < FAR ? 1 : 0);
  const gapBefore = from === 0 ? '' : text.slice(tokens.end[from - 1]!, tokens.start[from]!);
  const gapAfter =
    to >= tokens.count ? text.slice(tokens.end[to - 1]!) : text.slice(tokens.end[to - 1]!, tokens.start[to]!);
  let p = from - 1;
  while (p >= 0 && /^(?:the|a|an)$/.test(tokens.words[p]!)) p--;
  const previous = p >= 0 ? tokens.words[p]! : '';
  put(previous === 'by' ? 1 : 0);
  put(/^(?:in|at|on|from|to|near)$/.test(previous) ? 1 : 0);
  put(previous === 'of' ? 1 : 0);
  put(/^(?:is|was|are|were|as|became|called|named|be)$/.test(previous) ? 1 : 0);
  put(/^(?:and|or)$/.test(previous) ? 1 : 0);
  put(/[([]/.test(gapBefore) ? 1 : 0);
  put(/[–—-]/.test(gapBefore) ? 1 : 0);
  put(gapBefore.includes(',') ? 1 : 0);
  put(/[)\]]/.test(gapAfter) ? 1 : 0);
  put(gapAfter.includes(',') ? 1 : 0);
  put(to >= tokens.count || /[.;:]/.test(gapAfter) ? 1 : 0);
  put(view.depth[from]! > 0 ? 1 : 0);
  put(order);
  put(from / tokens.count);
  put(q.birth);
  put(q.death);
  put(closeness(back(view.born, from)));
  put(closeness(back(view.died, from)));
  const lower = span.text.toLowerCase();
  let holding = 0;
  for (const other of q.texts) if (other.includes(lower)) holding++;
  put(passages.length === 0 ? 0 : holding / passages.length);
  put(q.targets);
  put(q.hasBridge);
}

export interface SpanTable {
  readonly spans: readonly Span[];
  /** SPAN_WIDTH numbers a span. */
  readonly rows: Float64Array;
}

/** Documents that the names of the question lead to through its bridge words. */
function subjectDocuments(evidence: Evidence): ReadonlySet<string> {
  const bridges = evidence.question.relations.filter((relation) => relation.role === 'bridge');
  const found = new Set<string>();
  for (const { text } of evidence.question.names) {
    const { passages, link } = findSubject(evidence, text, bridges);
    if (link === undefined && bridges.length > 0) continue;
    for (const passage of passages) if (passage.titleKey !== '') found.add(passage.document.id);
  }
  return found;
}

/** Candidates of the best sentences with their features, in order of sentence rank and position. */
export function spanTable(evidence: Evidence, within?: (sentence: EvidenceSentence) => boolean): SpanTable {
  const { question } = evidence;
  const asksFor = (pattern: RegExp): number =>
    question.relations.some((relation) => relation.role === 'target' && pattern.test(relation.word)) ? 1 : 0;
  const q: QuestionView = {
    evidence,
    hops: measureHops(evidence),
    titles: new Map(evidence.passages.map((passage) => [passage, new Set(passage.titleKey.split(' '))])),
    texts: evidence.passages.map((passage) => passage.record.text.toLowerCase()),
    birth: asksFor(/^(?:born|birth|birthday|birthplace|birthdate)$/),
    death: asksFor(/^(?:die|died|death|killed|buried)$/),
    targets: question.relations.filter((relation) => relation.role === 'target').length,
    hasBridge: question.relations.some((relation) => relation.role === 'bridge') ? 1 : 0,
    subject: subjectDocuments(evidence),
  };
  const worth = (sentence: EvidenceSentence): number =>
    sentenceScore(sentence) + (q.subject.has(sentence.passage.document.id) ? SUBJECT_BONUS / (1 + sentence.index) : 0);
  const sentences = evidence.passages
    .flatMap((passage) => passage.sentences)
    .filter((sentence) => within === undefined || within(sentence))
    .map((sentence) => ({ sentence, score: worth(sentence) }))
    .sort(
      (a, b) =>
        b.score - a.score || a.sentence.passage.rank - b.sentence.passage.rank || a.sentence.index - b.sentence.index,
    )
    .slice(0, MOST_SENTENCES);
  const text = typeFit(question.class, 'chunk') >= 0 ? 'all' : STRICT.has(question.class) ? 'none' : 'whole';
  const spans: Span[] = [];
  const views: SentenceView[] = [];
  const orders: number[] = [];
  const asked = (root: string): boolean =>
    evidence.idf.has(root) || question.relations.some((relation) => saysRelation(relation, [root]));
  sentences.forEach(({ sentence }, rank) => {
    const view = viewOf(evidence, sentence, rank);
    const seen = new Map<SpanType, number>();
    for (const span of [...findSpans(sentence, asked, rank < WHOLE_CHUNKS || text !== 'whole' ? text : 'none')].sort(
      (a, b) => a.from - b.from || a.to - b.to,
    )) {
      const order = seen.get(span.type) ?? 0;
      seen.set(span.type, order + 1);
      spans.push(span);
      views.push(view);
      orders.push(order);
    }
  });
  const rows = new Float64Array(spans.length * SPAN_WIDTH);
  spans.forEach((span, s) => {
    fill(rows, s * SPAN_WIDTH, views[s]!, span, orders[s]!, q);
  });
  return { spans, rows };
}
