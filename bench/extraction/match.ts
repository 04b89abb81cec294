/**
 * How recorded and found names and pairs are compared. Both sides are normalised alike: folded lower-case words without
 * a leading article, demonyms as their country. Strict: equal keys. Lenient: equal, or one contains the other as whole
 * words ("rome" and "rome italy", "mother church" and "mother church of the society of jesus").
 */
import { countryKey } from '../../src/graph/demonyms.js';
import { nameKey } from '../../src/graph/name-key.js';

export type Pair = readonly [a: string, b: string];
export type Matcher = (a: string, b: string) => boolean;

export function keyOf(name: string): string {
  return countryKey(nameKey(name));
}

export const strict: Matcher = (a, b) => a === b;

export const lenient: Matcher = (a, b) => {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length > 1 && ` ${long} `.includes(` ${short} `);
};

/** Pairs are unordered: "X directed by Y" and "Y directed X" hold the same two ends. */
export function samePair(match: Matcher, a: Pair, b: Pair): boolean {
  return (match(a[0], b[0]) && match(a[1], b[1])) || (match(a[0], b[1]) && match(a[1], b[0]));
}

/** How many items of `these` have a counterpart among `those`. */
export function counterparts<T>(these: readonly T[], those: readonly T[], same: (a: T, b: T) => boolean): number {
  let found = 0;
  for (const item of these) if (those.some((other) => same(item, other))) found++;
  return found;
}

/** Distinct keys, empty ones left out, in order of first appearance. */
export function distinctKeys(keys: Iterable<string>): string[] {
  const set = new Set(keys);
  set.delete('');
  return [...set];
}

/** Distinct pairs regardless of order, pairs with an empty or twice the same end left out. */
export function distinctPairs(pairs: Iterable<Pair>): Pair[] {
  const seen = new Map<string, Pair>();
  for (const [a, b] of pairs) {
    if (a === '' || b === '' || a === b) continue;
    const id = a < b ? `${a}\n${b}` : `${b}\n${a}`;
    if (!seen.has(id)) seen.set(id, [a, b]);
  }
  return [...seen.values()];
}
