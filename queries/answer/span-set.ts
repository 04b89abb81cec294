/** Candidate answers of one sentence, each range of tokens once. */
import type { EntityType } from '../../graph-schema/index.js';
import { wordsKey } from '../../src/graph/name-key.js';
import type { EvidenceSentence } from './evidence.js';
import { tokensCovering } from './tokens-covering.js';

export type SpanType =
  | Exclude<EntityType, 'other' | 'quantity'>
  | 'name'
  | 'nationality'
  | 'country'
  | 'year'
  | 'number'
  | 'chunk'
  | 'clause';

export interface Span {
  readonly sentence: EvidenceSentence;
  /** Characters of the sentence's text. */
  readonly start: number;
  readonly end: number;
  /** Tokens [from, to) of the sentence. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly key: string;
  readonly type: SpanType;
}

const MAX_SPANS = 110;

export class SpanSet {
  readonly spans: Span[] = [];
  readonly #seen = new Map<string, number>();

  constructor(readonly sentence: EvidenceSentence) {}

  /** Adds tokens [from, to); the first type given to a span stays. */
  add(from: number, to: number, type: SpanType): void {
    const { tokens, text } = this.sentence;
    const code = `${from}:${to}`;
    if (from >= to || this.#seen.has(code) || this.spans.length >= MAX_SPANS) return;
    this.#seen.set(code, this.spans.length);
    const start = tokens.start[from]!;
    let end = tokens.end[to - 1]!;
    // A per cent sign belongs to the answer's characters, not to a token; so does the bracket that closes one in it.
    if (text[end] === '%') end++;
    else if (text[end] === ')' && text.lastIndexOf('(', end) >= Math.max(start, text.lastIndexOf(')', end - 1))) end++;
    const key = wordsKey(tokens.words.slice(from, to));
    this.spans.push({ sentence: this.sentence, start, end, from, to, text: text.slice(start, end), key, type });
  }

  /** Adds characters [start, end), widened to whole tokens. */
  addCharacters(start: number, end: number, type: SpanType): void {
    const [from, to] = tokensCovering(this.sentence.tokens, start, end);
    this.add(from, to, type);
  }
}
