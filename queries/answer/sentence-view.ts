/** What each token of a sentence means to the question: its terms, relation words, names, and the brackets around it. */
import { commonRuns, marksOf, type QuestionShape } from './alignment.js';
import { type Evidence, type EvidenceSentence, saysRelation } from './evidence.js';
import { FAR } from './near.js';
import { speaksOfRelation } from './question-lexicon.js';

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
  /** 1 at the question's first telling word after its question word, and at its last. */
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  /** Longest run of the question's words that ends, and that begins, at each token. */
  readonly ending: Uint8Array;
  readonly beginning: Uint8Array;
  /** Number of the clause of each token, and the idf of the question's terms in each clause. */
  readonly clause: Uint16Array;
  readonly clauseIdf: readonly number[];
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

const CLAUSE_GAP = /[,;:()–—]/;
const CLAUSE_WORD = /^(?:which|who|whom|that|but|while|where|when|because|although)$/;

/** Clauses by punctuation and by the words that open one. */
function clausesOf(sentence: EvidenceSentence, idf: Float64Array): { clause: Uint16Array; clauseIdf: number[] } {
  const { tokens, text } = sentence;
  const clause = new Uint16Array(tokens.count);
  const clauseIdf = [0];
  for (let i = 0; i < tokens.count; i++) {
    const opens =
      i > 0 &&
      (CLAUSE_WORD.test(tokens.words[i]!) || CLAUSE_GAP.test(text.slice(tokens.end[i - 1]!, tokens.start[i]!)));
    if (opens) clauseIdf.push(0);
    clause[i] = clauseIdf.length - 1;
    clauseIdf[clauseIdf.length - 1]! += idf[i]!;
  }
  return { clause, clauseIdf };
}

const TARGET = 1;
const BRIDGE = 2;
const FOCUS = 4;
/** Roles of a stem that speaks of a relation of the question. */
export const ASKED = TARGET | BRIDGE;

/** What the words of a question's sentences mean to it; each stem is looked at once. */
export class QuestionMarks {
  private readonly roles = new Map<string, number>();
  readonly names = new Set<string>();
  private readonly focus: ReadonlySet<string>;

  constructor(
    readonly evidence: Evidence,
    readonly shape: QuestionShape,
  ) {
    const { names, tokens, focus } = evidence.question;
    for (const { from, to } of names) for (let i = from; i < to; i++) this.names.add(tokens.words[i]!);
    this.focus = new Set(focus);
  }

  rolesOf(root: string): number {
    let roles = this.roles.get(root);
    if (roles === undefined) {
      roles = this.focus.has(root) ? FOCUS : 0;
      for (const relation of this.evidence.question.relations) {
        if (saysRelation(relation, [root])) roles |= relation.role === 'target' ? TARGET : BRIDGE;
      }
      this.roles.set(root, roles);
    }
    return roles;
  }
}

/** A sentence as the question sees it, token by token; `rank` among the sentences looked at. */
export function viewOf(marks: QuestionMarks, sentence: EvidenceSentence, rank: number): SentenceView {
  const { tokens, stems, text } = sentence;
  const n = tokens.count;
  const idf = new Float64Array(n);
  const target = new Uint8Array(n);
  const bridge = new Uint8Array(n);
  const focus = new Uint8Array(n);
  const name = new Uint8Array(n);
  const born = new Uint8Array(n);
  const died = new Uint8Array(n);
  const depths = new Uint8Array(n);
  let depth = 0;
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (; at < tokens.start[i]!; at++) {
      const code = text[at];
      if (code === '(' || code === '[') depth++;
      else if ((code === ')' || code === ']') && depth > 0) depth--;
    }
    depths[i] = depth;
    const word = tokens.words[i]!;
    if (BORN.test(word)) born[i] = 1;
    if (DIED.test(word)) died[i] = 1;
    const root = stems[i]!;
    if (root === '') continue;
    idf[i] = marks.evidence.idf.get(root) ?? 0;
    if (marks.names.has(word)) name[i] = 1;
    const roles = marks.rolesOf(root);
    if ((roles & TARGET) !== 0) target[i] = 1;
    if ((roles & BRIDGE) !== 0) bridge[i] = 1;
    if ((roles & FOCUS) !== 0) focus[i] = 1;
  }
  return {
    sentence,
    rank,
    idf,
    target,
    bridge,
    focus,
    name,
    born,
    died,
    depth: depths,
    about: aboutTitle(sentence) ? 1 : 0,
    first: marksOf(sentence, marks.shape.first),
    last: marksOf(sentence, marks.shape.last),
    ...commonRuns(sentence, marks.shape),
    ...clausesOf(sentence, idf),
  };
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
