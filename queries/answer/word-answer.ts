/** The wording of an extractive answer: the direct answer first when it is sure, then the evidence, each with its `[n]`. */
import type { Draft } from './draft.js';
import type { EvidenceSentence } from './evidence.js';
import { resolveSubject } from './resolve-subject.js';

/** Longest sentence shown whole; a table row or an unsplit text is cut in the answer, never in the quote. */
const LONGEST = 400;

/** A direct answer: the span and the sentence that says it, or a verdict over several. */
export interface DirectAnswer {
  readonly text: string;
  /** Sentences that it rests on. */
  readonly from: readonly EvidenceSentence[];
}

/** The sentence as the answer shows it: its subject resolved in brackets, white space on one line, a closing period. */
export function showSentence(sentence: EvidenceSentence): string {
  const subject = resolveSubject(sentence);
  const resolved =
    subject === undefined
      ? sentence.text
      : `${sentence.text.slice(0, subject.start)}[${subject.name}]${sentence.text.slice(subject.end)}`;
  const line = resolved.replace(/\s+/g, ' ').trim();
  const cut = line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/\s+\S*$/, '')} …` : line;
  return cut.replace(/\s*[.;:,]$/, '');
}

function markers(sentences: readonly EvidenceSentence[], all: readonly EvidenceSentence[]): string {
  return [...new Set(sentences.map((sentence) => all.indexOf(sentence) + 1))]
    .filter((n) => n > 0)
    .sort((a, b) => a - b)
    .map((n) => `[${n}]`)
    .join('');
}

/** One sentence of the answer, its markers before the closing period. */
function worded(text: string, marks: string): string {
  return `${text} ${marks}${/[!?…。！？।؟]$/u.test(text) ? '' : '.'}`;
}

/** An answer that the documents give. */
export function wordAnswer(direct: DirectAnswer | undefined, sentences: readonly EvidenceSentence[]): string {
  const lines = sentences.map((sentence) => worded(showSentence(sentence), markers([sentence], sentences)));
  if (direct !== undefined) lines.unshift(worded(direct.text, markers(direct.from, sentences)));
  return lines.join(' ');
}

/** What is said when the documents do not answer: what is missing, and what was found nearest. */
export function wordAbstention(missing: readonly string[], sentences: readonly EvidenceSentence[]): Draft {
  const lack =
    missing.length === 0
      ? 'The documents do not answer this question'
      : `The documents do not answer this question: they hold no evidence on ${missing.map((name) => `"${name}"`).join(', ')}`;
  const nearest = sentences.slice(0, 2);
  const found = nearest.map((sentence) => worded(showSentence(sentence), markers([sentence], nearest))).join(' ');
  return {
    text: nearest.length === 0 ? `${lack}.` : `${lack}. Nearest found: ${found}`,
    sentences: nearest,
    abstained: true,
    warnings: [],
  };
}
