/** The nesting of a statement's words. */
import { syntaxError } from '../../cypher/cypher-errors.js';
import type { Token } from '../../cypher/statement-tokens.js';
import { CypherLimitError } from '../../errors.js';

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const MAX_DEPTH = 64;

/**
 * Index of the closing bracket by that of the opening one.
 * @throws CypherError `CYPHER_SYNTAX`, CypherLimitError `CYPHER_SIZE` for more than 64 levels
 */
export function brackets(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const [i, { kind, word }] of tokens.entries()) {
    if (kind !== 'symbol') continue;
    if (CLOSING[word] !== undefined) {
      if (open.push(i) > MAX_DEPTH) throw tooDeep();
    } else if (word === ')' || word === ']' || word === '}') {
      const start = open.pop();
      if (start === undefined || CLOSING[tokens[start]?.word ?? ''] !== word) throw unpaired(word);
      pairs.set(start, i);
    }
  }
  const left = open.pop();
  if (left !== undefined) throw unpaired(tokens[left]?.word ?? '');
  return pairs;
}

/** The parts of `from` to `to` between the commas that are in no bracket of it. */
export function splitAt(
  tokens: readonly Token[],
  from: number,
  to: number,
  pairs: ReadonlyMap<number, number>,
): readonly (readonly [number, number])[] {
  const parts: [number, number][] = [];
  let start = from;
  for (let i = from; i < to; i++) {
    const close = pairs.get(i);
    if (close !== undefined && close < to) i = close;
    else if (tokens[i]?.word === ',') {
      parts.push([start, i]);
      start = i + 1;
    }
  }
  if (start < to) parts.push([start, to]);
  return parts;
}

export function isName({ kind }: Token): boolean {
  return kind === 'word' || kind === 'quoted';
}

/** A function of that name, which is no property or method, is called at `i`. */
export function isCalled(tokens: readonly Token[], i: number, name: string): boolean {
  const token = tokens[i];
  return (
    token !== undefined &&
    isName(token) &&
    token.text.toUpperCase() === name &&
    tokens[i + 1]?.word === '(' &&
    tokens[i - 1]?.word !== '.'
  );
}

/** The name at `i` stands for a value: it is none of a property, label, type, function or map's key. */
export function isValue(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  if (token === undefined || !isName(token)) return false;
  const before = tokens[i - 1]?.word ?? '';
  const behind = tokens[i + 1]?.word ?? '';
  if (before === '.' || behind === '(') return false;
  if (before === ':') return isKey(tokens, i - 2);
  return !isKey(tokens, i);
}

/** `{name: ` or `, name: `; a label in a list, `, n:Label`, looks the same and does no harm. */
function isKey(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  const before = tokens[i - 1]?.word ?? '';
  return token !== undefined && isName(token) && tokens[i + 1]?.word === ':' && (before === '{' || before === ',');
}

function unpaired(bracket: string): Error {
  return syntaxError(`A bracket ${bracket} has no partner`);
}

function tooDeep(): CypherLimitError {
  return new CypherLimitError('CYPHER_SIZE', `The statement nests brackets more than ${MAX_DEPTH} deep`, {
    place: { field: 'cypher' },
    remedy: 'Take it apart by WITH.',
  });
}
