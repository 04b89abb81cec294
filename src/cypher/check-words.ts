/** First of the checks of a statement: its words. It refuses before the engine hears of the statement. */
import { syntaxError, tooLong, writeRefused } from './cypher-errors.js';
import { decodeStatement, type Token, tokenise } from './statement-tokens.js';
import { FIRST_WORDS, REFUSED_WORDS, WORDS_BEFORE_PARENTHESIS } from './statement-words.js';

/** What may stand before a name that is no clause: of a property, a label or type, an alias. */
const BEFORE_NAMES: ReadonlySet<string> = new Set(['.', ':', '&', '!', 'AS']);
/** What may stand behind a variable and never behind a clause's first word. */
const BEHIND_NAMES: ReadonlySet<string> = new Set(
  `. , ) ] } : = < > + * / % ^ | ; AS AND ASC ASCENDING CONTAINS DESC DESCENDING ENDS IN IS LIMIT ORDER RETURN SKIP STARTS
  XOR`.split(/\s+/),
);

/** What an engine's statements may be and call; names in lower case. */
export interface AllowedWords {
  readonly maxChars: number;
  readonly functions: ReadonlySet<string>;
  readonly procedures: ReadonlySet<string>;
}

/**
 * The statement decoded and without a semicolon, and its words: one, and reading as far as they tell.
 * @throws CypherError `CYPHER_WRITE_REFUSED`, `CYPHER_SYNTAX`
 * @throws CypherLimitError `CYPHER_SIZE`
 */
export function checkWords(
  cypher: string,
  allowed: AllowedWords,
): { readonly statement: string; readonly tokens: readonly Token[] } {
  const { maxChars } = allowed;
  if (cypher.length > maxChars) throw tooLong(cypher.length, maxChars);
  const decoded = decodeStatement(cypher);
  const all = tokenise(decoded);
  const end = all.findIndex(({ word }) => word === ';');
  if (end >= 0 && all.slice(end).some(({ word }) => word !== ';')) throw writeRefused('more than one statement');
  const tokens = end < 0 ? all : all.slice(0, end);
  const first = tokens[0];
  if (first === undefined) throw syntaxError('The statement is empty');
  if (!FIRST_WORDS.has(first.word)) throw writeRefused(`a statement that begins with ${first.text}`);
  for (const [i, token] of tokens.entries()) {
    checkWord(tokens, i, token);
    if (token.word === '(') checkCall(tokens, i, allowed);
    if (token.word === 'CALL') checkProcedure(tokens, i, allowed);
  }
  const last = all[end];
  return { statement: last === undefined ? decoded : decoded.slice(0, last.at), tokens };
}

function checkWord(tokens: readonly Token[], i: number, { word, text }: Token): void {
  const before = tokens[i - 1];
  if (word === 'TRANSACTIONS' || word === 'TRANSACTION') {
    const within = before !== undefined && (/^(IN|CONCURRENT)$/.test(before.word) || isCount(before));
    if (within) throw writeRefused('CALL {} IN TRANSACTIONS');
  }
  if (!REFUSED_WORDS.has(word) || (before !== undefined && BEFORE_NAMES.has(before.word))) return;
  const behind = tokens[i + 1];
  if (behind === undefined || BEHIND_NAMES.has(behind.word)) return;
  throw writeRefused(text.toUpperCase());
}

function isCount({ kind }: Token): boolean {
  return kind === 'number' || kind === 'parameter';
}

/** What is called by the parenthesis at `i` must be a function of the list or a word of the grammar. */
function checkCall(tokens: readonly Token[], i: number, { functions, procedures }: AllowedWords): void {
  const name = nameBefore(tokens, i);
  if (name === undefined) return;
  const called = name.text.toLowerCase();
  if (functions.has(called) || procedures.has(called)) return;
  if (name.plain && WORDS_BEFORE_PARENTHESIS.has(called.toUpperCase())) return;
  throw writeRefused(`the function ${name.text}`);
}

function checkProcedure(tokens: readonly Token[], i: number, { procedures }: AllowedWords): void {
  const start = tokens[i + 1];
  if (start === undefined || (start.kind !== 'word' && start.kind !== 'quoted')) return;
  let name = start.text;
  for (let at = i + 2; tokens[at]?.word === '.'; at += 2) name += `.${tokens[at + 1]?.text ?? ''}`;
  if (BEFORE_NAMES.has(tokens[i - 1]?.word ?? '')) return;
  if (!procedures.has(name.toLowerCase())) throw writeRefused(`the procedure ${name}`);
}

/** The dotted name that ends before `i`. */
function nameBefore(
  tokens: readonly Token[],
  i: number,
): { readonly text: string; readonly plain: boolean } | undefined {
  const last = tokens[i - 1];
  if (last === undefined || (last.kind !== 'word' && last.kind !== 'quoted')) return undefined;
  let from = i - 1;
  let text = last.text;
  while (tokens[from - 1]?.word === '.') {
    const part = tokens[from - 2];
    if (part === undefined || (part.kind !== 'word' && part.kind !== 'quoted')) break;
    text = `${part.text}.${text}`;
    from -= 2;
  }
  return { text, plain: from === i - 1 && last.kind === 'word' };
}
