/** The loops that an expression may hold: list comprehensions, all, any, none, single, reduce. */

import type { Token } from '../../cypher/statement-tokens.js';
import { isCalled, isName } from './cypher-brackets.js';

/** Offsets are those of words; each end is exclusive. */
export interface Loop {
  readonly from: number;
  readonly to: number;
  readonly variable: string;
  /** The list: from `source` to `body`. */
  readonly source: number;
  /** What is done with each element, its condition included, ends at `to - 1`, the closing bracket. */
  readonly body: number;
  /** Start of what the value is made of; absent: of the elements (a comprehension without `|`), or of none (a predicate). */
  readonly result?: number;
  readonly kind: 'comprehension' | 'predicate' | 'reduce';
  /** Of a reduce: its accumulator, whose first value stands between these. */
  readonly accumulator?: { readonly name: string; readonly from: number; readonly to: number };
}

const PREDICATES = ['ALL', 'ANY', 'NONE', 'SINGLE'];

export function loops(tokens: readonly Token[], pairs: ReadonlyMap<number, number>): readonly Loop[] {
  const found: Loop[] = [];
  for (const [open, close] of pairs) {
    if (tokens[open]?.word === '[') found.push(...loop(tokens, pairs, open, open + 1, close, 'comprehension'));
    if (PREDICATES.some((name) => isCalled(tokens, open - 1, name)))
      found.push(...loop(tokens, pairs, open - 1, open + 1, close, 'predicate'));
    if (isCalled(tokens, open - 1, 'REDUCE')) found.push(...reduce(tokens, pairs, open, close));
  }
  return found;
}

function loop(
  tokens: readonly Token[],
  pairs: ReadonlyMap<number, number>,
  from: number,
  start: number,
  close: number,
  kind: Loop['kind'],
): readonly Loop[] {
  const variable = tokens[start];
  if (variable === undefined || !isName(variable) || tokens[start + 1]?.word !== 'IN') return [];
  const source = start + 2;
  const body = find(tokens, pairs, source, close, (word) => word === 'WHERE' || word === '|');
  const bar = find(tokens, pairs, source, close, (word) => word === '|');
  const result = bar < close && kind !== 'predicate' ? { result: bar + 1 } : {};
  return [{ from, to: close + 1, variable: variable.text, source, body, kind, ...result }];
}

function reduce(
  tokens: readonly Token[],
  pairs: ReadonlyMap<number, number>,
  open: number,
  close: number,
): readonly Loop[] {
  const accumulator = tokens[open + 1];
  const comma = find(tokens, pairs, open + 1, close, (word) => word === ',');
  const [found] = loop(tokens, pairs, open - 1, comma + 1, close, 'reduce');
  if (accumulator === undefined || found === undefined) return [];
  return [{ ...found, accumulator: { name: accumulator.text, from: open + 3, to: comma } }];
}

/** The first word in no bracket that is meant; else `to`. Two bars in a row join texts. */
function find(
  tokens: readonly Token[],
  pairs: ReadonlyMap<number, number>,
  from: number,
  to: number,
  meant: (word: string) => boolean,
): number {
  for (let i = from; i < to; i++) {
    const close = pairs.get(i);
    const word = tokens[i]?.word ?? '';
    if (close !== undefined) i = close;
    else if (word === '|' && tokens[i + 1]?.word === '|') i++;
    else if (meant(word)) return i;
  }
  return to;
}
