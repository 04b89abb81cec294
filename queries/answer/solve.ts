/** Finds the direct answer in the evidence by the kind of question. */
import type { Evidence, EvidenceSentence } from './evidence.js';
import type { DirectAnswer } from './word-answer.js';

export interface Solution extends DirectAnswer {
  /** The answer's span; "yes" and "no" are spans of no quote and stand in `text` alone. */
  readonly span?: string;
  readonly verdict?: 'yes' | 'no';
  /** Sure enough to be said first. */
  readonly sure: boolean;
  /** 0..1, of the span's scorer. */
  readonly probability: number;
  readonly from: readonly EvidenceSentence[];
}

export async function solve(_evidence: Evidence): Promise<Solution | undefined> {
  return undefined;
}
