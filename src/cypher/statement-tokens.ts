/** The words of a Cypher statement, read as Neo4j reads them, so that a check of the words is a check of what runs. */
import { syntaxError, writeRefused } from './cypher-errors.js';

export interface Token {
  /** `word`: a keyword or plain name; `quoted`: a name in backticks, without them. */
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol';
  /** A word as written, a symbol's one character, a parameter without its `$`. */
  readonly text: string;
  /** A word in upper case, a symbol as it is, else empty: what grammar decides by. */
  readonly word: string;
  /** Offset in the decoded statement. */
  readonly at: number;
}

const ESCAPE = /\\+u+([0-9a-fA-F]{4})/g;
/** Escapes of these would move the bounds of strings, names or comments, depending on who decodes them when. */
const BOUNDS: ReadonlySet<string> = new Set(["'", '"', '`', '\\', '/', '*', '\n', '\r']);
const SYMBOLS: ReadonlySet<string> = new Set('()[]{}<>.,;:|&!%+-*/^=~?$');

const SPACE = /[\s\u0085\u180e]+/uy;
const LINE_COMMENT = /\/\/[^\r\n]*/y;
const BLOCK_COMMENT = /\/\*[\s\S]*?\*\//y;
const KINDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['string', /'((?:[^'\\]|\\.)*)'/suy],
  ['string', /"((?:[^"\\]|\\.)*)"/suy],
  ['quoted', /`((?:[^`]|``)*)`/uy],
  ['parameter', /\$`((?:[^`]|``)*)`/uy],
  ['parameter', /\$([\p{L}\p{N}\p{Pc}]+)/uy],
  ['word', /([\p{L}\p{Nl}\p{Pc}\p{Sc}][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Sc}]*)/uy],
  ['number', /(0[xX][\da-fA-F_]+|0o[0-7_]+|(?:\d[\d_]*(?:\.\d[\d_]*)?|(?<!\.)\.\d+)(?:[eE][+-]?\d+)?)/y],
];

/**
 * The statement with its `\uXXXX` decoded, since Neo4j takes them anywhere, even within a keyword.
 * @throws CypherError `CYPHER_WRITE_REFUSED` for an escape of a quote, backslash, comment or line end
 */
export function decodeStatement(cypher: string): string {
  return cypher.replace(ESCAPE, (found, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    if (BOUNDS.has(character) || found.startsWith('\\\\')) throw writeRefused(`the escape ${found}`);
    return character;
  });
}

/**
 * Splits a decoded statement; comments and white space are left out.
 * @throws CypherError `CYPHER_SYNTAX` for a text, name or comment without end, and for a character that Cypher does not
 *   have outside of texts, such as one that cannot be seen
 */
export function tokenise(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(statement);
  };
  while (at < statement.length) {
    const skipped = match(SPACE) ?? match(LINE_COMMENT) ?? match(BLOCK_COMMENT);
    const length = skipped?.[0].length ?? push(tokens, statement, at, match);
    at += length;
  }
  return tokens;
}

function push(
  tokens: Token[],
  statement: string,
  at: number,
  match: (pattern: RegExp) => RegExpExecArray | null,
): number {
  for (const [kind, pattern] of KINDS) {
    const found = match(pattern);
    if (found === null) continue;
    const text = (found[1] ?? '').replaceAll('``', '`');
    tokens.push({ kind, text, word: kind === 'word' ? text.toUpperCase() : '', at });
    return found[0].length;
  }
  const text = String.fromCodePoint(statement.codePointAt(at) ?? 0);
  if (!SYMBOLS.has(text) || statement.startsWith('/*', at)) throw unknown(statement, at, text);
  tokens.push({ kind: 'symbol', text, word: text, at });
  return text.length;
}

function unknown(statement: string, at: number, character: string): Error {
  const line = statement.slice(0, at).split('\n').length;
  if (character === '/') return syntaxError('A comment has no end', line);
  if (/['"`]/.test(character)) return syntaxError(`A text in ${character} has no end`, line);
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return syntaxError(`The character U+${code} means nothing in Cypher`, line);
}
