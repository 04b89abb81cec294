/** How much longer functions make their texts. */
import type { Token } from '../../cypher/statement-tokens.js';

/** Characters that count as one value of the graph: about one passage's text. */
export const UNIT = 1_000;
/** Times the size of a text that its parts may have: each is a value. */
const SPLIT = 20;

type Part = readonly [number, number];

/**
 * How many times as long the text of replace(), or what split() makes of it, may become.
 * @param given the function's arguments, by the offsets of their words
 */
export function timesLonger(tokens: readonly Token[], [, search, by]: readonly Part[]): number {
  if (by === undefined) return SPLIT;
  const replaced = literal(tokens, search);
  const put = literal(tokens, by);
  if (put === undefined) return UNIT;
  // An empty text is found between any two characters.
  return replaced === undefined || replaced === '' ? 1 + put.length : Math.max(1, put.length / replaced.length);
}

function literal(tokens: readonly Token[], part: Part | undefined): string | undefined {
  const only = part !== undefined && part[1] - part[0] === 1 ? tokens[part[0]] : undefined;
  return only?.kind === 'string' ? only.text : undefined;
}
