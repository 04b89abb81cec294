/** Filters as CLI options and HTTP query strings write them. */
import { checkDate, invalidFilter } from './check-filter.js';
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

/** A number only when it is written as JavaScript would write it, so that "007" stays text. */
export function parseValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && String(Number(text)) === text ? Number(text) : text;
}

function parseWhere(conditions: readonly string[]): NonNullable<Filter['metadata']> {
  const metadata = new Map<string, string | number | boolean | { gte?: number | string; lte?: number | string }>();
  for (const condition of conditions) {
    const match = CONDITION.exec(condition);
    const [, key = '', operator = '', text = ''] = match ?? [];
    if (match === null || text === '' || (operator !== '=' && operator !== '<=' && operator !== '>=')) {
      throw invalidFilter('where', `Not a condition: ${condition}`, 'Write key=value, key>=value or key<=value.');
    }
    const value = parseValue(text);
    const before = metadata.get(key);
    if (operator === '=') {
      if (before !== undefined)
        throw invalidFilter(
          'where',
          `Two conditions on "${key}" cannot both hold`,
          'Give one equality or one range a key.',
        );
      metadata.set(key, value);
      continue;
    }
    if (typeof value === 'boolean')
      throw invalidFilter('where', `No order on true and false: ${condition}`, 'Write key=true or key=false.');
    const bound = operator === '>=' ? 'gte' : 'lte';
    if (before !== undefined && (typeof before !== 'object' || before[bound] !== undefined)) {
      throw invalidFilter(
        'where',
        `Two conditions on "${key}" cannot both hold`,
        'Give one equality or one range a key.',
      );
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
    ...(from === undefined ? {} : { dateFrom: checkDate('from', from) }),
    ...(to === undefined ? {} : { dateTo: checkDate('to', to) }),
  };
}
