/** What each token of a sentence means to the question: its terms, relation words, names, and the brackets around it. */
import { type Evidence, type EvidenceSentence, saysRelation } from './evidence.js';
import { speaksOfRelation } from './question-lexicon.js';

/** Tokens beyond which nothing counts as near. */
export const FAR = 20;

export interface SentenceView {
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

/** A sentence as the question sees it, token by token; `rank` among the sentences looked at. */
export function viewOf(evidence: Evidence, sentence: EvidenceSentence, rank: number): SentenceView {
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

/** Tokens from a span that starts at `from` back to the last marked token, FAR when there is none near. */
export function back(marks: Uint8Array, from: number): number {
  for (let d = 1; d <= FAR && from - d >= 0; d++) if (marks[from - d] === 1) return d;
  return FAR;
}

/** Tokens from a span that ends before `to` to the next marked token. */
export function ahead(marks: Uint8Array, to: number): number {
  for (let d = 1; d <= FAR && to + d - 1 < marks.length; d++) if (marks[to + d - 1] === 1) return d;
  return FAR;
}

/** The last word before a span that speaks of a relation speaks of the one asked: 1, of another: 0, none: .5. */
export function closestRelation(view: SentenceView, from: number): number {
  const { stems } = view.sentence;
  for (let i = from - 1; i >= 0 && i >= from - FAR; i--) {
    if (view.target[i] === 1) return 1;
    if (stems[i] !== '' && speaksOfRelation(stems[i]!)) return 0;
  }
  return 0.5;
}

/** 1 next to it, 0 from FAR on. */
export const closeness = (distance: number): number => (distance >= FAR ? 0 : Math.exp(-(distance - 1) / 4));
