/** The numbers that the span scorer sees of a candidate answer. Runtime and trainer use this one function. */

import type { Evidence, EvidenceSentence } from './evidence.js';
import { findSpans, type Span, type SpanType } from './find-spans.js';
import { ahead, back, closeness, FAR } from './near.js';
import type { AnswerClass } from './question-lexicon.js';
import { coverageOf, type QuestionView, questionView } from './question-view.js';
import { sentenceScore } from './score-sentences.js';
import { ASKED, closestRelation, type SentenceView, viewOf } from './sentence-view.js';
import { CLASSES, SPAN_FEATURES, SPAN_WIDTH, TYPES } from './span-feature-names.js';
import { typeFit } from './span-type-fit.js';

/** Sentences that spans are taken from. */
const MOST_SENTENCES = 16;
/**
 * Best sentences that are searched for all that may answer: every part of a phrase where a thing is asked, noun chunks
 * where a name or number is ("altitude chamber" where). Of the others whole chunks are taken, or names and values alone.
 */
const DETAILED = 7;
/** Classes that no common noun answers. */
const STRICT: ReadonlySet<AnswerClass> = new Set(['date', 'year', 'country', 'nationality']);
/** What the sentence of a document that the question asks about is worth among them. */
const SUBJECT_BONUS = 0.5;
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
  put(closestRelation(view, from));
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
  put(passages.length === 0 ? 0 : q.holding(lower) / passages.length);
  put(q.targets);
  put(q.hasBridge);
  const [alone, paired, residual] = coverageOf(q, sentence);
  put(alone);
  put(paired);
  put(paired - alone);
  put(q.joint.beyond(sentence, span.key));
  put(residual);
  put(q.marks.shape.form);
  put(back(view.first, from));
  put(ahead(view.first, to));
  put(back(view.last, from));
  put(ahead(view.last, to));
  put(p >= 0 ? view.ending[p]! : 0);
  put(to < tokens.count ? view.beginning[to]! : 0);
  put(back(view.focus, from));
  put(ahead(view.focus, to));
  put(view.focus[to - 1]!);
  let within = view.clauseIdf[view.clause[from]!]!;
  for (let t = from; t < to; t++) if (view.clause[t] === view.clause[from]) within -= view.idf[t]!;
  put(idfMass === 0 ? 0 : within / idfMass);
  const next = to < tokens.count ? tokens.words[to]! : '';
  put(from > 0 && sentence.stems[from - 1] !== '' && !/[^\s'’-]/.test(gapBefore) ? 1 : 0);
  put(to < tokens.count && sentence.stems[to] !== '' && !/[^\s'’-]/.test(gapAfter) ? 1 : 0);
  put(next === 'of' ? 1 : 0);
  put(/^(?:in|at|on|from|to|for|by)$/.test(next) ? 1 : 0);
  put(/^(?:is|was|are|were|has|had)$/.test(next) ? 1 : 0);
  put(/^(?:and|or)$/.test(next) ? 1 : 0);
  put(q.kinds.get(span.key) ?? 0);
  put(tokens.shape[from] === 1 ? 1 : 0);
}

const RANK = SPAN_FEATURES.indexOf('sentenceRank');

export interface SpanTable {
  readonly spans: readonly Span[];
  /** SPAN_WIDTH numbers a span. */
  readonly rows: Float64Array;
}

/** The candidates of one sentence with their features; those that a question was asked for before are kept. */
function measured(
  q: QuestionView,
  sentence: EvidenceSentence,
  rank: number,
  text: 'none' | 'whole' | 'all',
): SpanTable {
  const known = q.measured[text].get(sentence);
  if (known !== undefined) return known;
  const view = viewOf(q.marks, sentence, rank);
  const { evidence } = q;
  const asked = (root: string): boolean => evidence.idf.has(root) || (q.marks.rolesOf(root) & ASKED) !== 0;
  const spans = [...findSpans(sentence, asked, text)].sort((a, b) => a.from - b.from || a.to - b.to);
  const rows = new Float64Array(spans.length * SPAN_WIDTH);
  const seen = new Map<SpanType, number>();
  spans.forEach((span, s) => {
    const order = seen.get(span.type) ?? 0;
    seen.set(span.type, order + 1);
    fill(rows, s * SPAN_WIDTH, view, span, order, q);
  });
  const table = { spans, rows };
  q.measured[text].set(sentence, table);
  return table;
}

/** Candidates of the best sentences with their features, in order of sentence rank and position. */
export function spanTable(evidence: Evidence, within?: (sentence: EvidenceSentence) => boolean): SpanTable {
  const { question } = evidence;
  const q = questionView(evidence);
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
  const blocks = sentences.map(({ sentence }, rank) =>
    measured(q, sentence, rank, rank < DETAILED ? text : text === 'all' ? 'whole' : 'none'),
  );
  const spans = blocks.flatMap((block) => block.spans);
  const rows = new Float64Array(spans.length * SPAN_WIDTH);
  let at = 0;
  blocks.forEach((block, rank) => {
    rows.set(block.rows, at);
    for (let s = 0; s < block.spans.length; s++, at += SPAN_WIDTH) rows[at + RANK] = rank;
  });
  return { spans, rows };
}
