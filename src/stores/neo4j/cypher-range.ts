/** How many numbers a range() makes. */

import type { Token } from '../../cypher/statement-tokens.js';
import { CypherLimitError } from '../../errors.js';
import type { CypherParams } from '../../ports/index.js';
import { isCalled, splitAt } from './cypher-brackets.js';

/** Numbers of a range within an expression. Behind UNWIND it makes rows, which can be interrupted, and may be any. */
export const MAX_RANGE = 10_000;

type Pairs = ReadonlyMap<number, number>;

/**
 * @returns numbers of the range that begins at word `i`; undefined when they are as many as some list of the graph has, or
 *   when UNWIND makes rows of them
 * @throws CypherLimitError `CYPHER_SIZE` for one that is too long, or whose length cannot be told
 */
export function rangeLength(
  tokens: readonly Token[],
  i: number,
  pairs: Pairs,
  params: CypherParams,
): number | undefined {
  const close = pairs.get(i + 1) ?? i + 1;
  if (tokens[i - 1]?.word === 'UNWIND' && tokens[close + 1]?.word === 'AS') return undefined;
  const ends = splitAt(tokens, i + 2, close, pairs).map((part) => bound(tokens, part, pairs, params));
  if (ends.includes('listed') && !ends.includes(undefined)) return undefined;
  const [start, end, step] = ends.length === 2 ? [...ends, 1] : ends;
  if (typeof start !== 'number' || typeof end !== 'number' || typeof step !== 'number' || step === 0)
    throw tooLong('of a length that its words do not tell', 'Bound it by numbers, parameters or size(), or UNWIND it.');
  const count = Math.max(0, Math.floor((end - start) / step) + 1);
  if (count > MAX_RANGE) throw tooLong(`of ${count} numbers`, `Keep it to ${MAX_RANGE}, or UNWIND it.`);
  return count;
}

/** A bound of a range: its value, or that it comes from the length of a list, or undefined. */
function bound(
  tokens: readonly Token[],
  [from, to]: readonly [number, number],
  pairs: Pairs,
  params: CypherParams,
): number | 'listed' | undefined {
  let value = 0;
  let sign = 1;
  let listed = false;
  for (let i = from; i < to; i++) {
    const token = tokens[i];
    const given = token?.kind === 'parameter' ? params[token.text] : undefined;
    if (token?.word === '-') sign = -sign;
    else if (token?.kind === 'number') value += sign * Number(token.text.replaceAll('_', ''));
    else if (typeof given === 'number') value += sign * given;
    else if (isCalled(tokens, i, 'SIZE') || isCalled(tokens, i, 'LENGTH')) {
      listed = true;
      i = pairs.get(i + 1) ?? i;
    } else if (token?.word !== '+') return undefined;
    if (token?.word !== '-') sign = 1;
  }
  return listed ? 'listed' : value;
}

function tooLong(what: string, remedy: string): CypherLimitError {
  return new CypherLimitError('CYPHER_SIZE', `Neo4j could not interrupt a range ${what}`, {
    place: { field: 'cypher' },
    remedy: `${remedy} docs/cypher.md tells why.`,
  });
}
