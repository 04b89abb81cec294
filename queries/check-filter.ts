/** Checks of a filter, the same for what the doors parse and what a program passes. */
import { UsageError } from '../src/errors.js';
import type { Filter } from './types.js';

const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/;

export function invalidFilter(field: string, message: string, remedy: string): UsageError {
  return new UsageError('INVALID_FILTER', message, { place: { field }, remedy });
}

/**
 * The text when it is an ISO 8601 date or a prefix of one.
 * @throws UsageError INVALID_FILTER
 */
export function checkDate(field: string, text: string): string {
  if (DATE.test(text)) return text;
  throw invalidFilter(
    field,
    `Not a date: ${text}`,
    'Write an ISO 8601 date or a prefix of one: 2024, 2024-05 or 2024-05-17.',
  );
}

/** @throws UsageError INVALID_FILTER for a date that is none: it would match nothing and look like missing evidence */
export function checkFilter(filter: Filter): void {
  if (filter.dateFrom !== undefined) checkDate('filter.dateFrom', filter.dateFrom);
  if (filter.dateTo !== undefined) checkDate('filter.dateTo', filter.dateTo);
}
