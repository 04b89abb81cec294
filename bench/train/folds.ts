/** Folds of cross-validation. */
import { contentHash } from '../../graph-schema/index.js';

export const FOLDS = 3;

/** Fold of a question, from its id alone, so that translations of one question are in one fold. */
export function questionFold(questionId: string): number {
  return Number.parseInt(contentHash('fold', questionId).slice(0, 8), 16) % FOLDS;
}
