/** Whether the evidence answers the question: a calibrated probability. */
import type { Evidence } from './evidence.js';
import type { Solution } from './solution.js';

export interface Judgement {
  readonly confidence: number;
  readonly abstain: boolean;
}

export async function judgeEvidence(evidence: Evidence, _solution: Solution | undefined): Promise<Judgement> {
  const best = evidence.passages.reduce((most, passage) => Math.max(most, passage.coverage), 0);
  return { confidence: best, abstain: best < 0.3 };
}
