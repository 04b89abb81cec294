/** What a passage says by itself: its sentences, its candidate names, and (first passage only) its document's aliases. */
import type { Alias, Run } from '../../graph-schema/index.js';
import { splitSentences, tokenise } from '../text/index.js';
import { documentAliases } from './aliases.js';
import { capitalRuns } from './capital-runs.js';

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

/** Describes one passage; pure, and independent of every other passage. */
export function describePassage(passage: PassageToDescribe): PassageDescription {
  const { text, title, ordinal, language } = passage;
  const sentences = splitSentences(text, language);
  const tokens = tokenise(text);
  const runs: Run[] = [];
  let from = 0;
  for (let s = 0; s < sentences.length; s += 2) {
    let to = from;
    while (to < tokens.count && (tokens.start[to]! < sentences[s + 1]! || s + 2 >= sentences.length)) to++;
    const spans = capitalRuns(text, tokens, from, to);
    for (let i = 0; i < spans.length; i += 2) {
      runs.push({ span: [tokens.start[spans[i]!]!, tokens.end[spans[i + 1]! - 1]!] });
    }
    from = to;
  }
  const lead = sentences.length > 0 ? text.slice(sentences[0]!, sentences[1]!) : '';
  return { sentences, runs, aliases: ordinal === 0 ? documentAliases(title, lead) : [] };
}
