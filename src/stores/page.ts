/** Pages of lists, as every adapter gives them. */
import { UsageError } from '../errors.js';
import type { Page } from '../ports/index.js';

const MOST_ITEMS = 1000;

/** Throws UsageError `BAD_LIMIT` unless 1..1000. */
export function checkedLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST_ITEMS) return limit;
  throw new UsageError('BAD_LIMIT', `A page holds 1 to ${MOST_ITEMS} items, not ${limit}`, {
    place: { field: 'limit' },
    remedy: `Ask for 1 to ${MOST_ITEMS} items and go on from \`next\`.`,
  });
}

/** A page of at most `limit` of `rows`, which hold one more when there is a next page. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => T,
  key: (row: Row) => string,
): Page<T> {
  const items = rows.slice(0, limit).map(item);
  return rows.length > limit ? { items, next: key(rows[limit - 1]!) } : { items };
}
