/**
 * The query book: Cypher files of `queries/book`, each with a header that says what it answers, what it takes and what it
 * gives. The header is the documentation, and what checks the parameters.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nameKey } from '../src/graph/name-key.js';
import { type CypherParam, type CypherParams, HopwiseError, NotFoundError, UsageError } from '../src/index.js';

/** `key`: a name, given as written and turned into the key of an entity. */
export const PARAM_TYPES = ['string', 'string[]', 'integer', 'float', 'boolean', 'key'] as const;
export type ParamType = (typeof PARAM_TYPES)[number];

export interface BookParam {
  readonly name: string;
  readonly type: ParamType;
  /** Absent: must be given. */
  readonly default?: CypherParam;
  readonly text: string;
}

export interface BookQuery {
  /** File name without its extension. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly notes: readonly string[];
  readonly params: readonly BookParam[];
  readonly columns: readonly { readonly name: string; readonly text: string }[];
  readonly example: string;
  /** Engine that alone runs it, with the reason; absent: all do, with equal rows. */
  readonly only?: { readonly engine: string; readonly reason: string };
  /** The statement without its header. */
  readonly cypher: string;
}

function broken(name: string, what: string): HopwiseError {
  return new HopwiseError('BOOK_BROKEN', `the query ${name} of the book is broken: ${what}`, {
    place: { uri: `${name}.cypher` },
    remedy: 'Install hopwise again, or mend the header of the file.',
  });
}

const FIELDS: ReadonlySet<string> = new Set(['title', 'question', 'note', 'example', 'only']);
/** Name, type, default as JSON, and text. */
const PARAM = /^\/\/ param (\w+) ([\w[\]]+)(?: = (\[.*\]|"(?:[^"\\]|\\.)*"|[^\s:]+))?: (.+)$/;

/** @throws HopwiseError `BOOK_BROKEN` */
export function parseBookQuery(name: string, text: string): BookQuery {
  const fields = new Map<string, string[]>();
  const params: BookParam[] = [];
  const columns: { name: string; text: string }[] = [];
  const lines = text.split(/\r?\n/);
  const end = lines.findIndex((line) => !line.startsWith('//'));
  for (const line of lines.slice(0, end)) {
    const param = PARAM.exec(line);
    const [, head, body] = /^\/\/ ([^:]+?): (.+)$/.exec(line) ?? [];
    if (head === undefined || body === undefined) throw broken(name, `"${line}" is no field`);
    if (param !== null) params.push(parseParam(name, param));
    else if (head.startsWith('column ')) columns.push({ name: head.slice(7), text: body });
    else if (FIELDS.has(head)) fields.set(head, [...(fields.get(head) ?? []), body]);
    else throw broken(name, `"${line}" is no field`);
  }
  const [title, question, example, only] = ['title', 'question', 'example', 'only'].map((key) => fields.get(key)?.[0]);
  if (title === undefined || question === undefined || example === undefined || columns.length === 0)
    throw broken(name, 'title, question, columns and example must be there');
  const [, engine, reason] = /^(\w+), because (.+)$/.exec(only ?? '') ?? [];
  return {
    name,
    title,
    question,
    notes: fields.get('note') ?? [],
    params,
    columns,
    example,
    ...(engine === undefined || reason === undefined ? {} : { only: { engine, reason } }),
    cypher: lines.slice(end).join('\n').trim(),
  };
}

function parseParam(query: string, [, name, type, value, text]: readonly (string | undefined)[]): BookParam {
  const known = PARAM_TYPES.find((one) => one === type);
  if (name === undefined || known === undefined || text === undefined)
    throw broken(query, `the parameter "${name}" is of no type: ${PARAM_TYPES.join(', ')}`);
  return { name, type: known, ...(value === undefined ? {} : { default: JSON.parse(value) as CypherParam }), text };
}

/** All queries of a folder, by name. */
export async function readQueryBook(folder: string): Promise<readonly BookQuery[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cypher')).sort();
  return Promise.all(
    files.map(async (file) =>
      parseBookQuery(file.slice(0, -'.cypher'.length), await readFile(join(folder, file), 'utf8')),
    ),
  );
}

/** @throws NotFoundError `BOOK_QUERY_NOT_FOUND` */
export function findBookQuery(book: readonly BookQuery[], name: string): BookQuery {
  const found = book.find((query) => query.name === name);
  if (found !== undefined) return found;
  throw new NotFoundError('BOOK_QUERY_NOT_FOUND', `the query book has no "${name}"`, {
    place: { field: 'name' },
    remedy: 'Take one that `hopwise book list` names.',
  });
}

/**
 * The parameters to run a query with: those given, names turned into keys, the rest by default.
 * @throws UsageError `BOOK_PARAMETER` for one that is missing, unknown or of another type
 */
export function bookParams(query: BookQuery, given: Readonly<Record<string, CypherParam>>): CypherParams {
  const refused = (name: string, what: string): UsageError =>
    new UsageError('BOOK_PARAMETER', `${what} for the query ${query.name}`, {
      place: { field: name },
      remedy: `\`hopwise book show ${query.name}\` lists its parameters.`,
    });
  for (const name of Object.keys(given)) {
    if (!query.params.some((param) => param.name === name)) throw refused(name, `unknown parameter "${name}"`);
  }
  return Object.fromEntries(
    query.params.map((param) => {
      const value = given[param.name] ?? param.default;
      if (value === undefined) throw refused(param.name, `the parameter "${param.name}" is missing`);
      const typed = typedParam(param.type, value);
      if (typed === undefined) throw refused(param.name, `"${param.name}" is no ${param.type}`);
      return [param.name, typed];
    }),
  );
}

function typedParam(type: ParamType, value: CypherParam): CypherParam | undefined {
  switch (type) {
    case 'key':
      return typeof value === 'string' || typeof value === 'number' ? nameKey(String(value)) : undefined;
    case 'string':
      return typeof value === 'object' ? undefined : String(value);
    case 'string[]':
      if (typeof value === 'string') return [value];
      return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
    case 'integer':
      return Number.isSafeInteger(value) ? value : undefined;
    case 'float':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
  }
}
