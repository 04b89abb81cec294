/** Filters as CLI options and HTTP query strings write them. */
import { UsageError } from '../src/errors.js';
import type { Filter } from './types.js';

/** What the doors collect; every field repeats. */
export interface FilterInput {
  /** `key=value`, `key>=value` or `key<=value`; the two bounds of one key combine. */
  readonly where?: readonly string[];
  readonly tag?: readonly string[];
  /** Document ids or uris. */
  readonly document?: readonly string[];
  /** ISO 8601 date or a prefix of one, inclusive. */
  readonly from?: string;
  readonly to?: string;
}

const CONDITION = /^\s*([^<>=!]+?)\s*(<=|>=|=|<|>|!=)\s*([\s\S]*?)\s*$/;
const DATE = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?$/;

function wrong(field: string, message: string, remedy: string): UsageError {
  return new UsageError('INVALID_FILTER', message, { place: { field }, remedy });
}

/** A number only when it is written as JavaScript would write it, so that "007" stays text. */
function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && String(Number(text)) === text ? Number(text) : text;
}

function parseDate(field: string, text: string): string {
  if (DATE.test(text)) return text;
  throw wrong(field, `Not a date: ${text}`, 'Write an ISO 8601 date or a prefix of one: 2024, 2024-05 or 2024-05-17.');
}

function parseWhere(conditions: readonly string[]): NonNullable<Filter['metadata']> {
  const metadata = new Map<string, string | number | boolean | { gte?: number | string; lte?: number | string }>();
  for (const condition of conditions) {
    const match = CONDITION.exec(condition);
    const [, key = '', operator = '', text = ''] = match ?? [];
    if (match === null || text === '' || (operator !== '=' && operator !== '<=' && operator !== '>=')) {
      throw wrong('where', `Not a condition: ${condition}`, 'Write key=value, key>=value or key<=value.');
    }
    const value = parseValue(text);
    const before = metadata.get(key);
    if (operator === '=') {
      if (before !== undefined)
        throw wrong('where', `Two conditions on "${key}" cannot both hold`, 'Give one equality or one range a key.');
      metadata.set(key, value);
      continue;
    }
    if (typeof value === 'boolean')
      throw wrong('where', `No order on true and false: ${condition}`, 'Write key=true or key=false.');
    const bound = operator === '>=' ? 'gte' : 'lte';
    if (before !== undefined && (typeof before !== 'object' || before[bound] !== undefined)) {
      throw wrong('where', `Two conditions on "${key}" cannot both hold`, 'Give one equality or one range a key.');
    }
    metadata.set(key, { ...before, [bound]: value });
  }
  return Object.fromEntries(metadata);
}

/**
 * @throws UsageError for a condition that cannot be read, two equalities of one key, or a date that is none.
 * @example parseFilter({ where: ['year>=1990', 'year<=1999'], tag: ['law'] })
 * // { tags: ['law'], metadata: { year: { gte: 1990, lte: 1999 } } }
 */
export function parseFilter(input: FilterInput): Filter {
  const { where = [], tag = [], document = [], from, to } = input;
  return {
    ...(document.length > 0 ? { documents: [...document] } : {}),
    ...(tag.length > 0 ? { tags: [...tag] } : {}),
    ...(where.length > 0 ? { metadata: parseWhere(where) } : {}),
    ...(from === undefined ? {} : { dateFrom: parseDate('from', from) }),
    ...(to === undefined ? {} : { dateTo: parseDate('to', to) }),
  };
}
