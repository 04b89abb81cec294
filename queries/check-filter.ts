/** Checks of a filter, the same for what the doors parse and what a program passes. */
import { UsageError } from '../src/errors.js';
import { compareDates, compareToBound } from './compare-bounds.js';
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

/**
 * @throws UsageError INVALID_FILTER for a date that is none, and for a range that ends before it begins: they would match
 *   nothing and look like missing evidence
 */
export function checkFilter({ dateFrom, dateTo, metadata = {} }: Filter): void {
  if (dateFrom !== undefined) checkDate('filter.dateFrom', dateFrom);
  if (dateTo !== undefined) checkDate('filter.dateTo', dateTo);
  if (dateFrom !== undefined && dateTo !== undefined && compareDates(dateFrom, dateTo) > 0)
    throw emptyRange('filter.dateTo', dateFrom, dateTo);
  for (const [key, { gte, lte }] of ranges(metadata)) {
    if (gte !== undefined && lte !== undefined && (compareToBound(gte, lte) ?? 0) > 0)
      throw emptyRange(`filter.metadata.${key}`, gte, lte);
  }
}

type Ranges = { readonly gte?: number | string | undefined; readonly lte?: number | string | undefined };

function* ranges(metadata: NonNullable<Filter['metadata']>): Iterable<readonly [string, Ranges]> {
  for (const [key, condition] of Object.entries(metadata)) if (typeof condition === 'object') yield [key, condition];
}

function emptyRange(field: string, from: number | string, to: number | string): UsageError {
  return invalidFilter(field, `Nothing lies between ${from} and ${to}`, 'Exchange the two bounds.');
}
