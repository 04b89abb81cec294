/** Runs a Cypher statement within the limits that are set. */
import { type CypherRows, UsageError } from '../src/index.js';
import type { Services } from './compose.js';
import type { CypherCallOptions } from './options.js';

/** Rows of a statement when nobody says how many. */
export const DEFAULT_CYPHER_ROWS = 1_000;

/** @throws UsageError `OVER_LIMIT`, and as `CypherLens.explore` does */
export async function explore(
  { limits, cypher }: Pick<Services, 'limits' | 'cypher'>,
  collection: string,
  statement: string,
  options: Omit<CypherCallOptions, 'collection'>,
): Promise<CypherRows> {
  const { params = {}, engine = 'store', signal, onProgress, otherCollections } = options;
  const lens = await cypher(engine);
  return lens.explore(collection, statement, params, {
    rows: within(
      'limit',
      'rows',
      options.rows ?? Math.min(DEFAULT_CYPHER_ROWS, limits.maxCypherRows),
      limits.maxCypherRows,
    ),
    timeoutMs: within('timeout', 'milliseconds', options.timeoutMs ?? limits.maxCypherMs, limits.maxCypherMs),
    memoryMb: Math.ceil(limits.maxCypherBytes / 2 ** 20),
    otherCollections,
    signal,
    onProgress,
  });
}

function within(field: string, unit: string, value: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  throw new UsageError('OVER_LIMIT', `${field} must be 1 to ${most} ${unit}, a whole number, not ${value}`, {
    place: { field },
    remedy: 'Ask for less, or raise limits.maxCypherRows or limits.maxCypherMs.',
  });
}
