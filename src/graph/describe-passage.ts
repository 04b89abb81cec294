/** What a passage says by itself: its sentences, its candidate names, and (first passage only) its document's aliases. */
import type { Alias, Run } from '../../graph-schema/index.js';
import { splitSentences, type Tokens, tokeniseRecent } from '../text/index.js';
import { documentAliases } from './aliases.js';
import { capitalRuns } from './capital-runs.js';
import { scriptRuns } from './script-runs.js';

export interface PassageToDescribe {
  readonly title: string;
  readonly context: string;
  readonly text: string;
  /** 0-based position in the document; only passage 0 gives aliases. */
  readonly ordinal: number;
  /** ISO 639-1, or "und". */
  readonly language: string;
}

export interface PassageDescription {
  /** Flat sentence spans of the text, as `Contribution.sentences`. */
  readonly sentences: number[];
  readonly runs: Run[];
  readonly aliases: Alias[];
}

/** Runs of one sentence in order of their first, then last token. */
function runsOf(text: string, tokens: Tokens, from: number, to: number, language: string): Run[] {
  const found = capitalRuns(text, tokens, from, to, language);
  const others = scriptRuns(text, tokens, from, to);
  const runs: Run[] = [];
  const spans = others.length === 0 ? found : sortSpans([...found, ...others]);
  for (let i = 0; i < spans.length; i += 2) {
    runs.push({ span: [tokens.start[spans[i]!]!, tokens.end[spans[i + 1]! - 1]!] });
  }
  return runs;
}

/** Flat spans by start, then end, each once. */
function sortSpans(flat: readonly number[]): number[] {
  const spans = Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!] as const);
  spans.sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  return spans.filter(([a, b], i) => i === 0 || a !== spans[i - 1]![0] || b !== spans[i - 1]![1]).flat();
}

/** Describes one passage; pure, and independent of every other passage. */
export function describePassage(passage: PassageToDescribe): PassageDescription {
  const { text, title, ordinal, language } = passage;
  const sentences = splitSentences(text, language);
  const tokens = tokeniseRecent(text);
  const runs: Run[] = [];
  let from = 0;
  for (let s = 0; s < sentences.length; s += 2) {
    let to = from;
    while (to < tokens.count && (tokens.start[to]! < sentences[s + 1]! || s + 2 >= sentences.length)) to++;
    runs.push(...runsOf(text, tokens, from, to, language));
    from = to;
  }
  const lead = sentences.length > 0 ? text.slice(sentences[0]!, sentences[1]!) : '';
  return { sentences, runs, aliases: ordinal === 0 ? documentAliases(title, lead) : [] };
}
