/** A direct answer with what it rests on. */
import type { EvidenceSentence } from './evidence.js';
import type { PickedSpan } from './pick-span.js';
import type { DirectAnswer } from './word-answer.js';

export interface Solution extends DirectAnswer {
  /** The span that answers, characters of one of the sentences; a verdict ("Yes") has none. */
  readonly span?: string;
  /** Sure enough to be said first. */
  readonly sure: boolean;
  /** Likely enough for the answer to rest on: its sentences are cited, its span marked. */
  readonly likely: boolean;
  /** Probability among the candidates, 0..1; of a verdict, that of its weaker half. */
  readonly probability: number;
  /** Agreement of span type and question, -1..1. */
  readonly fit: number;
  readonly from: readonly EvidenceSentence[];
  /** What may answer as well: sentences with their probability, most first. */
  readonly sentences?: PickedSpan['sentences'];
  /** Probability of the next best span. */
  readonly second?: number;
  /** Key of the span. */
  readonly key?: string;
  /** The sentences say all of the answer: none lead to them. */
  readonly complete?: true;
}
