/** Noun phrases, lists, prepositional phrases and ends of clauses as candidate answers. */
import type { SpanSet } from './span-set.js';

/** Tokens of a run of content words. */
const MAX_CHUNK = 6;
const MAX_CLAUSE = 14;
/** Tokens of a run of which every part is a candidate; of a longer one only its ends. */
const ALL_PARTS = 4;
/** Runs that one phrase joins ("workforce consultation in businesses"). */
const MOST_JOINED = 3;
const MOST_LISTED = 6;

const LINKS = /^(?:of|and|in|for|or|to|with|from|on|by|as)$/;
const ARTICLES = /^(?:the|a|an|its|his|her|their|other)$/;
const PREPOSITIONS = /^(?:in|on|at|as|by|with|from|through|along|near|after|before|during|via|under|to|into|across)$/;
const CUES = /^(?:because|to|by|when|that)$/;

/** Tokens [from, to) of a run of content words. */
interface Run {
  readonly from: number;
  readonly to: number;
}

class Chunks {
  private readonly runs: Run[] = [];
  /** Number of the run that begins at a token. */
  private readonly at = new Map<number, number>();

  constructor(private readonly set: SpanSet) {
    const { tokens, stems } = set.sentence;
    for (let i = 0; i < tokens.count; i++) {
      if (stems[i] === '') continue;
      let to = i + 1;
      while (to < tokens.count && to - i < MAX_CHUNK && stems[to] !== '' && !this.apart(to - 1)) to++;
      this.at.set(i, this.runs.length);
      this.runs.push({ from: i, to });
      i = to - 1;
    }
  }

  /** Punctuation stands between a token and the next. */
  private apart(i: number): boolean {
    return /[^\s'’-]/.test(this.gap(i));
  }

  private gap(i: number): string {
    const { tokens, text } = this.set.sentence;
    return i + 1 < tokens.count ? text.slice(tokens.end[i]!, tokens.start[i + 1]!) : '';
  }

  private skipArticles(i: number): number {
    const { words } = this.set.sentence.tokens;
    let at = i;
    while (at < words.length && ARTICLES.test(words[at]!) && !this.apart(at)) at++;
    return at;
  }

  wholes(): void {
    for (const { from, to } of this.runs) {
      this.set.add(from, to, 'chunk');
      if (to - from > 2) this.set.add(from, to - 1, 'chunk');
    }
  }

  parts(): void {
    for (const { from, to } of this.runs) {
      const all = to - from <= ALL_PARTS;
      for (let a = from; a < to; a++) {
        for (let b = a + 1; b <= to; b++) {
          if (all || (b === to && b - a <= 3) || (a === from && b >= to - 1)) this.set.add(a, b, 'chunk');
        }
      }
    }
  }

  /** "speed of light", "events in his life": runs with one function word between them. */
  joined(): void {
    const { words, count } = this.set.sentence.tokens;
    for (const { from, to } of this.runs) {
      let end = to;
      for (let n = 1; n < MOST_JOINED; n++) {
        if (end >= count - 1 || !LINKS.test(words[end]!) || this.apart(end - 1) || this.apart(end)) break;
        const next = this.at.get(this.skipArticles(end + 1));
        if (next === undefined) break;
        end = this.runs[next]!.to;
        this.set.add(from, end, 'chunk');
      }
      this.prepositional(from, to, end);
    }
  }

  /** "as decision problems", "along the coast". */
  private prepositional(from: number, to: number, end: number): void {
    const { words } = this.set.sentence.tokens;
    let start = from;
    while (start > 0 && ARTICLES.test(words[start - 1]!) && !this.apart(start - 1)) start--;
    if (start === 0 || !PREPOSITIONS.test(words[start - 1]!) || this.apart(start - 1)) return;
    this.set.add(start - 1, to, 'clause');
    if (end > to) this.set.add(start - 1, end, 'clause');
  }

  /** "poverty, lack of access and weak institutions". */
  lists(): void {
    const { words, count } = this.set.sentence.tokens;
    for (const { from, to } of this.runs) {
      let end = to;
      for (let n = 1; n < MOST_LISTED && end < count; n++) {
        const comma = /^, ?$/.test(this.gap(end - 1));
        const and = /^(?:and|or)$/.test(words[end]!);
        if (!comma && !(and && !this.apart(end - 1))) break;
        const next = this.at.get(this.skipArticles(and ? end + 1 : end));
        if (next === undefined) break;
        end = this.runs[next]!.to;
        if (n > 1 || and) this.set.add(from, end, 'chunk');
        if (and) break;
        const part = words[end] === 'of' && !this.apart(end - 1) ? this.at.get(this.skipArticles(end + 1)) : undefined;
        if (part !== undefined) end = this.runs[part]!.to;
      }
    }
  }
}

/** Runs of content words; unless `whole`, also their parts, and what function words and commas join. */
export function addChunks(set: SpanSet, whole: boolean): void {
  const chunks = new Chunks(set);
  chunks.wholes();
  if (whole) return;
  chunks.joined();
  chunks.lists();
  chunks.parts();
}

/** What follows a word of the question up to the next punctuation mark: answers to how, why and what-does. */
export function addClauses(set: SpanSet, asked: (stem: string) => boolean): void {
  const { tokens, text, stems } = set.sentence;
  for (let i = 0; i + 1 < tokens.count; i++) {
    const word = tokens.words[i]!;
    const cue = (stems[i] !== '' && asked(stems[i]!)) || CUES.test(word);
    if (!cue || (stems[i + 1] !== '' && asked(stems[i + 1]!))) continue;
    let from = i + 1;
    while (from < tokens.count && /^(?:is|was|were|are|the|a|an|that|as)$/.test(tokens.words[from]!)) from++;
    let to = from;
    while (to < tokens.count && to - from < MAX_CLAUSE) {
      to++;
      if (/[,;:.()"]/.test(text.slice(tokens.end[to - 1]!, to < tokens.count ? tokens.start[to]! : text.length))) break;
    }
    if (to - from < 2) continue;
    set.add(from, to, 'clause');
    if (word === 'because' || word === 'when') set.add(i, to, 'clause');
  }
}
