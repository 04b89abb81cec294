/** One sentence as the chunker sees it: tagged tokens with the runs and dates that start at each. */
import type { Run } from '../../graph-schema/index.js';
import { dateEnd } from './dates.js';
import { lexicon } from './lexicon.js';
import { retag } from './retag.js';
import type { TaggedTokens } from './tagger.js';

export interface SentenceTokens {
  readonly tokens: TaggedTokens;
  /** Token range of the sentence. */
  readonly from: number;
  readonly to: number;
}

/** A name on tokens: a maximal run. */
export interface NameRun {
  readonly run: Run;
  readonly from: number;
  readonly to: number;
}

export interface Marks {
  /** Maximal run that covers each token, or undefined. */
  readonly names: readonly (NameRun | undefined)[];
  /** End token of the date that starts at each token; 0 elsewhere. */
  readonly dates: Uint32Array;
  readonly sentences: readonly SentenceTokens[];
}

/** Closed-class and open-class tags that a single capitalised word at a sentence start may hide. */
const NOT_A_NAME_FIRST = new Set(['ADV', 'DET', 'ADP', 'SCONJ', 'PRON', 'AUX', 'VERB', 'CCONJ', 'PART', 'INTJ', 'NUM']);

/** Tags of which at least one stands in a name, wherever it is: "I've" and "Can't" are none. */
const NAME_TAGS = new Set(['PROPN', 'NOUN', 'ADJ', 'NUM', 'X', 'VERB', 'ADV', 'INTJ', 'ADP', 'DET', 'SYM']);

/** "I'm", "Can't", split by the tagger or not. */
const CONTRACTION =
  /^(?:i|we|you|he|she|it|they|let|can|don|didn|isn|doesn|won|that|there|what|who)(?:n?['’](?:m|ve|ll|d|re|s|t))\b/;

/** The tagger agrees that the tokens of a run can be a name. */
function isName(tokens: TaggedTokens, from: number, to: number, first: boolean): boolean {
  if (to === from + 1 && first && NOT_A_NAME_FIRST.has(tokens.pos[from]!)) return false;
  if (to - from <= 2 && CONTRACTION.test(tokens.word[from]! + (tokens.word[from + 1] ?? ''))) return false;
  for (let i = from; i < to; i++) if (NAME_TAGS.has(tokens.pos[i]!)) return true;
  return false;
}

/** Lays sentences, runs and dates over the tokens of a passage. */
export function markTokens(tokens: TaggedTokens, sentenceSpans: readonly number[], runs: readonly Run[]): Marks {
  const sentences: SentenceTokens[] = [];
  const firsts = new Set<number>();
  let t = 0;
  for (let s = 0; s + 1 < sentenceSpans.length; s += 2) {
    while (t < tokens.count && tokens.start[t]! < sentenceSpans[s]!) t++;
    const from = t;
    while (t < tokens.count && tokens.start[t]! < sentenceSpans[s + 1]!) t++;
    if (t > from) {
      sentences.push({ tokens, from, to: t });
      firsts.add(from);
    }
  }
  const names: (NameRun | undefined)[] = new Array(tokens.count);
  for (const run of maximal(runs)) {
    const from = tokenAt(tokens, run.span[0]);
    let to = from;
    while (to < tokens.count && tokens.start[to]! < run.span[1]) to++;
    if (to === from || !isName(tokens, from, to, firsts.has(from))) continue;
    for (const name of splitPossessive(tokens, { run, from, to })) {
      for (let i = name.from; i < name.to; i++) names[i] = name;
    }
  }
  retag(tokens, (i) => names[i] !== undefined);
  const dates = new Uint32Array(tokens.count);
  for (const { from, to } of sentences) {
    for (let i = from; i < to; i++) {
      const name = names[i];
      if (name !== undefined && name.from < i) continue;
      const end = dateEnd(tokens, i, from, to);
      if (end <= i) continue;
      if (name !== undefined && name.to > end) {
        // "In July 2013 Tuvalu" is a date and a name, "the July Revolution" and "The 2012 Olympics" are names alone
        if (!/^\d{4}$/.test(tokens.word[end - 1]!) || (i > from && tokens.pos[i - 1] === 'DET')) continue;
        const rest = {
          run: { ...name.run, span: [tokens.start[end]!, name.run.span[1]] as const },
          from: end,
          to: name.to,
        };
        for (let j = end; j < name.to; j++) names[j] = rest;
      }
      dates[i] = end;
      for (let j = i; j < end; j++) names[j] = undefined;
      i = end - 1;
    }
  }
  return { names, dates, sentences };
}

/** "Larry Fessenden's Glass Eye Pix" is two names, "Saint Anthony's Parish" and "Schindler's List" are one. */
function splitPossessive(tokens: TaggedTokens, name: NameRun): NameRun[] {
  const { run, from, to } = name;
  for (let i = from + 2; i + 1 < to; i++) {
    if (tokens.word[i] !== "'s" && tokens.word[i] !== '’s') continue;
    if (!lexicon().given.has(tokens.word[from]!)) return [name];
    const owner: NameRun = { run: { span: [run.span[0], tokens.end[i - 1]!], type: 'person' }, from, to: i };
    return [owner, { run: { span: [tokens.start[i + 1]!, run.span[1]] }, from: i + 1, to }];
  }
  return [name];
}

/** Tokens from which on a sentence may be a table that lost its lines. */
const LONG = 40;

/** Names and numbers in a row without prose: an infobox or table as running text, which states nothing that can be read. */
export function isTabular({ tokens, from, to }: SentenceTokens, { names, dates }: Marks): boolean {
  if (to - from < LONG) return false;
  let listed = 0;
  for (let i = from; i < to; i++) {
    if (names[i] !== undefined || dates[i] !== 0 || tokens.pos[i] === 'NUM' || tokens.pos[i] === 'SYM') listed++;
  }
  return listed * 5 > (to - from) * 3;
}

/** Places where a text writes its document's title, or the title with a lower-case first letter. */
export function titleRuns(text: string, title: string): Run[] {
  if (title.length < 3 || !/[\p{Lu}\p{Nd}]/u.test(title[0]!)) return [];
  const runs: Run[] = [];
  const lower = title[0]!.toLowerCase() + title.slice(1);
  const forms = lower !== title && title.includes(' ') && /\s\p{Ll}/u.test(title) ? [title, lower] : [title];
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
      const end = at + form.length;
      if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[end])) runs.push({ span: [at, end] });
    }
  }
  return runs;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

/** Runs that lie in no longer run, in text order. */
function maximal(runs: readonly Run[]): Run[] {
  const sorted = [...runs].sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1]);
  const out: Run[] = [];
  let end = -1;
  for (const run of sorted) {
    if (run.span[1] <= end) continue;
    out.push(run);
    end = run.span[1];
  }
  return out;
}

/** First token that ends after a character. */
function tokenAt(tokens: TaggedTokens, character: number): number {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tokens.end[middle]! > character) high = middle;
    else low = middle + 1;
  }
  return low;
}
