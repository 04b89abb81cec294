/** Bounds the rows of a statement that has no LIMIT of its own, so that no more are made than are shown. */
import type { Token } from '../../cypher/statement-tokens.js';

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

/**
 * The statement with a LIMIT behind its last RETURN; undefined when it has one, joins rows by UNION, or ends without RETURN.
 * Which rows a statement without ORDER BY begins with is open anyway.
 */
export function limitRows(statement: string, tokens: readonly Token[], rows: number): string | undefined {
  let depth = 0;
  let returns = false;
  let limited = false;
  for (const [i, { word, kind }] of tokens.entries()) {
    if (kind === 'symbol' && OPENING.has(word)) depth++;
    else if (kind === 'symbol' && CLOSING.has(word)) depth--;
    if (depth > 0 || kind !== 'word' || isName(tokens[i - 1])) continue;
    if (word === 'UNION') return undefined;
    if (word === 'RETURN' || word === 'WITH') {
      returns = word === 'RETURN';
      limited = false;
    } else if (word === 'LIMIT') limited = true;
  }
  return returns && !limited ? `${statement}\nLIMIT ${rows}` : undefined;
}

/** True for what makes the next word a name. */
function isName(before: Token | undefined): boolean {
  return before !== undefined && (before.word === '.' || before.word === ':' || before.word === 'AS');
}
