/** Relation words of an English question and how many hops each stands from the name that it leads away from. */
import { stem, stopWords, type Tokens } from '../../src/text/index.js';
import { classOfNoun, relatedStems } from './question-lexicon.js';
import type { NameSpan } from './question-names.js';

export interface RelationWord {
  readonly word: string;
  readonly stem: string;
  /** Stems of words that speak of the same relation. */
  readonly related: ReadonlySet<string>;
  /** `bridge`: leads from the name in the question to what the answer is asked of; `target`: what is asked. */
  readonly role: 'bridge' | 'target';
  /** 0: target; 1: leads away from the name, 2: from where 1 led, and so on. */
  readonly level: number;
}

const LINKS = new Set('of by the a an in for from to with film song movie book album novel band'.split(' '));
const RELATIVISERS = new Set('who whom whose which that where'.split(' '));
const BOUNDS = new Set('who whom whose which that where when was were is are did does do has have had if'.split(' '));
const SEGMENT_ENDS = new Set(['of', 'by']);
const PREPOSITIONS = new Set('in on at for from to with'.split(' '));
const AFTER_NAME = 3;
/** Relative clauses, one in the other, that are taken apart. */
const MOST_CLAUSES = 3;

/** Words that ask and are about nothing: "the name of the dog" asks of a dog. */
const ASKING_WORDS = new Set('many much name number kind type sort amount often old far'.split(' '));

/** A relation word as if the question had used it. */
export function relationWord(word: string, level: number): RelationWord {
  const root = stem(word, 'en');
  return { word, stem: root, related: relatedStems(root), role: level === 0 ? 'target' : 'bridge', level };
}

interface Layout {
  readonly question: string;
  readonly tokens: Tokens;
  readonly names: readonly NameSpan[];
  /** Tokens [from, to) of the noun phrase asked for. */
  readonly focus: readonly [from: number, to: number];
  /** Token of the question word, -1 for none. */
  readonly asked: number;
}

class Levels {
  readonly level = new Map<number, number>();
  /** Words that only say what a name is ("film [X]"). */
  readonly apposed = new Set<number>();
  private readonly inName: Uint8Array;
  private readonly stop = stopWords('en');

  constructor(private readonly layout: Layout) {
    const { tokens, names } = layout;
    this.inName = new Uint8Array(tokens.count);
    for (const name of names) this.inName.fill(1, name.from, name.to);
    for (const name of names) {
      this.possessive(name);
      this.relativeBefore(name);
      this.chainBefore(name);
    }
  }

  isContent(i: number): boolean {
    const { tokens, asked } = this.layout;
    return i >= 0 && i < tokens.count && this.inName[i] === 0 && i !== asked && !this.stop.has(tokens.words[i]!);
  }

  private set(i: number, level: number): void {
    if (!this.level.has(i)) this.level.set(i, level);
  }

  private inFocus(i: number): boolean {
    return i >= this.layout.focus[0] && i < this.layout.focus[1];
  }

  private gapAfter(i: number): string {
    const { question, tokens } = this.layout;
    return question.slice(tokens.end[i]!, tokens.start[i + 1] ?? question.length);
  }

  /** "[X]'s father's birthday": each owner but the last word leads one hop on. */
  private possessive(name: NameSpan): void {
    const { tokens } = this.layout;
    let level = 1;
    let i = name.to;
    if (!/^\s?['’]s?\s/.test(this.gapAfter(name.to - 1))) return;
    while (i < tokens.count && this.isContent(i)) {
      this.set(i, level);
      const gap = this.gapAfter(i);
      i++;
      if (gap.includes('-')) continue;
      if (!/^['’]s?\s/.test(gap)) {
        if (!this.isContent(i) || classOfNoun(stem(tokens.words[i - 1]!, 'en')) !== undefined) break;
        continue;
      }
      level++;
      // The word after the last owner is asked, unless it owns something itself.
      if (!/^['’]s?\s/.test(this.gapAfter(i))) break;
    }
  }

  /**
   * "the lighthouse that [X] kept", "the country where the city where [X] was born is located": noun and verb of the
   * clause around the name lead away from it, those of the clause around that one a hop on, unless the noun is what is
   * asked. So do "the state [X] was fought in" without a relative pronoun.
   */
  private relativeBefore(name: NameSpan): void {
    let at = name.from - 1;
    let after = name.to;
    for (let level = 1; at >= 1 && level <= MOST_CLAUSES; level++) {
      const noun = this.relativeNoun(at, level === 1 ? name : undefined);
      if (noun === undefined || this.inFocus(noun)) return;
      this.set(noun, level);
      after = this.verbAfter(after, level);
      at = noun - 1;
    }
  }

  /** The noun before the relative pronoun that stands at `at`, articles skipped. */
  private relativeNoun(at: number, name: NameSpan | undefined): number | undefined {
    const { words } = this.layout.tokens;
    let i = at;
    while (i > 0 && /^(?:the|a|an)$/.test(words[i]!)) i--;
    if (i >= 1 && i !== this.layout.asked && RELATIVISERS.has(words[i]!)) {
      const before = /^(?:in|on|from|by|of|to|for|with)$/.test(words[i - 1]!) ? i - 2 : i - 1;
      return this.isContent(before) ? before : undefined;
    }
    const reduced = name !== undefined && /^(?:is|was|are|were)$/.test(words[name.to] ?? '') && this.isContent(i);
    return reduced && classOfNoun(stem(words[i]!, 'en')) === 'place' && /^(?:the|a)$/.test(words[i - 1] ?? '')
      ? i
      : undefined;
  }

  /** Gives a level to the verb of the clause that goes on at `from`; the token after it. */
  private verbAfter(from: number, level: number): number {
    const { words, count } = this.layout.tokens;
    let i = from;
    while (i < count && /^(?:is|was|are|were|has|had|have|been)$/.test(words[i]!)) i++;
    const end = Math.min(count, i + (level === 1 ? AFTER_NAME : 1));
    for (let set = false; i < end && !BOUNDS.has(words[i]!) && !(set && PREPOSITIONS.has(words[i]!)); i++) {
      if (!this.isContent(i)) continue;
      this.set(i, level);
      set = true;
    }
    return i;
  }

  /** "date of birth of the performer of song [X]": the segment next to the name leads away from it. */
  private chainBefore(name: NameSpan): void {
    const { tokens, asked } = this.layout;
    let i = name.from - 1;
    while (i >= 0 && LINKS.has(tokens.words[i]!)) this.apposed.add(i--);
    for (let level = 1; i >= 0; level++) {
      const segment: number[] = [];
      while (
        i >= 0 &&
        !SEGMENT_ENDS.has(tokens.words[i]!) &&
        !BOUNDS.has(tokens.words[i]!) &&
        !(segment.length > 0 && PREPOSITIONS.has(tokens.words[i]!)) &&
        this.inName[i] === 0 &&
        !this.inFocus(i) &&
        i !== asked
      ) {
        if (this.isContent(i)) segment.push(i);
        i--;
      }
      // Further segments lead on only through things that are something: the designer, not the date.
      const head = segment[0];
      if (head === undefined) return;
      if (level > 1 && classOfNoun(stem(tokens.words[head]!, 'en')) === undefined) return;
      for (const at of segment) this.set(at, level);
      // "the association which published [X]": the noun before is what the name leads to.
      if (i > 0 && RELATIVISERS.has(tokens.words[i]!) && i !== asked && this.isContent(i - 1) && !this.inFocus(i - 1)) {
        this.set(i - 1, level);
        i -= 2;
      }
      while (i >= 0 && (tokens.words[i] === 'the' || tokens.words[i] === 'a')) i--;
      if (i < 0 || !SEGMENT_ENDS.has(tokens.words[i]!)) return;
      i--;
    }
  }
}

/** Content words outside names in the order of the question; at least one of them is asked. */
export function relationWords(layout: Layout): readonly RelationWord[] {
  const { tokens } = layout;
  const levels = new Levels(layout);
  const content: number[] = [];
  for (let i = 0; i < tokens.count; i++) if (levels.isContent(i) && !levels.apposed.has(i)) content.push(i);
  const telling = content.filter((i) => !ASKING_WORDS.has(tokens.words[i]!));
  const words = telling.length > 0 ? telling : content;
  const levelOf = (i: number): number => levels.level.get(i) ?? 0;
  const least = words.reduce((low, i) => Math.min(low, levelOf(i)), Number.POSITIVE_INFINITY);
  const most = words.reduce((high, i) => Math.max(high, levelOf(i)), 0);
  // All words lead away from names: the farthest hop is what is asked.
  const asked = least > 0 ? most : 0;
  return words.map((i) => relationWord(tokens.words[i]!, levelOf(i) === asked ? 0 : levelOf(i)));
}
