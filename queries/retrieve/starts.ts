/** What a round starts from: the likeliest passages of the round before. */
import type { Neighbourhood } from './neighbourhood.js';

export interface Start {
  readonly passage: number;
  /** Likelihood relative to the best passage: exp(score - best). */
  readonly pi: number;
  readonly from: Neighbourhood;
  /** Of other passages of the same document. */
  readonly siblings: readonly Neighbourhood[];
}

/** Likely passages whose residual counts without any connection. */
export const RESIDUAL_STARTS = 6;
