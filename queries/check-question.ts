/** Checks of what the caller passes, before anything is read. */
import { UsageError } from '../src/errors.js';
import type { Limits } from '../src/limits.js';

/** Passages used when the caller does not say. */
export const DEFAULT_K = 10;

/**
 * The question without surrounding white space.
 * @throws UsageError when it is empty or longer than `maxQuestionChars`
 */
export function checkQuestion(question: string, limits: Limits): string {
  // A caller without types may pass anything.
  const trimmed = typeof question === 'string' ? question.trim() : '';
  if (trimmed === '') {
    throw new UsageError('EMPTY_QUESTION', 'The question is empty or no text', {
      place: { field: 'question' },
      remedy: 'Ask in a few words or a whole sentence.',
    });
  }
  if (trimmed.length > limits.maxQuestionChars) {
    throw new UsageError(
      'QUESTION_TOO_LONG',
      `The question has ${trimmed.length} characters; the limit is ${limits.maxQuestionChars}`,
      { place: { field: 'question' }, remedy: 'Shorten the question, or raise limits.maxQuestionChars.' },
    );
  }
  return trimmed;
}

/**
 * Number of passages, `DEFAULT_K` when not given.
 * @throws UsageError when it is no integer in 1..maxK
 */
export function checkK(k: number | undefined, limits: Limits): number {
  const wanted = k ?? DEFAULT_K;
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= limits.maxK) return wanted;
  throw new UsageError('INVALID_K', `k must be an integer from 1 to ${limits.maxK}, not ${wanted}`, {
    place: { field: 'k' },
    remedy: `Give a number of passages from 1 to ${limits.maxK}.`,
  });
}
