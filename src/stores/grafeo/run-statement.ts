/** Runs one statement on an opened graph file and hands its rows out in pieces; within the child. */

import { publicNodeId } from '../../cypher/node-id.js';
import type { CypherParams, CypherValue } from '../../ports/index.js';
import type { GrafeoDatabase, GrafeoRows } from './grafeo-engine.js';
import { type NodeIds, toCypherValue } from './grafeo-values.js';
import type { ErrorKind, FromProcess } from './messages.js';
import { refusedInPlan } from './plan-guard.js';

/** A piece of rows ends with the row that reaches one of these. */
const PIECE_ROWS = 256;
const PIECE_CHARS = 250_000;
const NODE_IDS_KEPT = 100_000;

export class StatementError extends Error {
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}

type Rows = Extract<FromProcess, { kind: 'rows' }>;

/** Rows of a statement that has run. */
export class StatementRows {
  private at = 0;
  private readonly columns: readonly string[];
  private readonly last: number;

  constructor(
    private readonly result: GrafeoRows,
    private readonly limit: number,
    private readonly ids: NodeIds,
  ) {
    this.columns = result.columns;
    this.last = Math.min(result.length, limit);
  }

  next(): Rows {
    const rows: CypherValue[][] = [];
    for (let chars = 0; this.at < this.last && rows.length < PIECE_ROWS && chars < PIECE_CHARS; this.at++) {
      const fields = this.result.get(this.at);
      const row = this.columns.map((column) =>
        toCypherValue(Object.hasOwn(fields, column) ? fields[column] : null, this.ids),
      );
      chars += weight(row);
      rows.push(row);
    }
    const done = this.at >= this.last;
    return { kind: 'rows', columns: this.columns, rows, done, truncated: done && this.result.length > this.limit };
  }
}

/** About the characters of a value as JSON. */
function weight(value: CypherValue): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null) return 6;
  let sum = 2;
  for (const [key, item] of Object.entries(value)) sum += key.length + weight(item as CypherValue);
  return sum;
}

export interface Statement {
  readonly statement: string;
  readonly limited: string | undefined;
  readonly params: CypherParams;
  readonly rows: number;
}

/** @throws StatementError */
export async function runStatement(database: GrafeoDatabase, given: Statement): Promise<StatementRows> {
  const { params, rows } = given;
  const statement = await plannedStatement(database, given);
  const result = await asking(() => database.executeCypher(statement, params));
  const known = new Map<number, string>();
  const ids: NodeIds = (number) => {
    let id = known.get(number);
    if (id === undefined) {
      const node = database.getNode(number);
      id = node === null ? '' : publicNodeId(node.labels, node.properties() as Readonly<Record<string, unknown>>);
      if (known.size < NODE_IDS_KEPT) known.set(number, id);
    }
    return id;
  };
  return new StatementRows(result, rows, ids);
}

/** The statement to run: the limited one when its plan can be made. */
async function plannedStatement(database: GrafeoDatabase, { statement, limited, params }: Statement): Promise<string> {
  if (limited !== undefined) {
    const plan = await planOf(database, limited, params).catch(() => undefined);
    if (plan !== undefined) {
      refuse(plan);
      return limited;
    }
  }
  refuse(await planOf(database, statement, params));
  return statement;
}

async function planOf(database: GrafeoDatabase, statement: string, params: CypherParams): Promise<string> {
  const explained = await asking(() => database.executeCypher(`EXPLAIN ${statement}`, params));
  const plan: unknown = explained.length === 1 ? explained.get(0)['plan'] : undefined;
  if (typeof plan === 'string' && explained.columns.length === 1) return plan;
  throw new StatementError('refused', 'a statement without a plan');
}

function refuse(plan: string): void {
  const what = refusedInPlan(plan);
  if (what !== undefined) throw new StatementError('refused', what);
}

async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw statementError(error);
  }
}

/** By Grafeo's GQL status; its messages quote the statement, and only their first line is passed on. */
export function statementError(error: unknown): StatementError {
  const message = error instanceof Error ? error.message : String(error);
  const status = error instanceof Error && 'gqlStatus' in error ? String(error.gqlStatus) : '';
  const said = (message.split('\n', 1)[0] ?? '').replace(/^(?:[A-Z]\w+ error: )?(?:GRAFEO-\w+: )?/, '');
  const missing = /Missing parameter: \$(\S+)/.exec(message)?.[1];
  if (missing !== undefined) return new StatementError('parameter', missing);
  if (/GRAFEO-T003|read-only/.test(message)) return new StatementError('refused', 'a write');
  if (/timeout error/.test(message)) return new StatementError('timeout', said);
  // EXPLAIN of a schema command ends in an internal error.
  if (/Schema commands/.test(message)) return new StatementError('refused', 'a schema command');
  const line = /--> query:(\d+):/.exec(message)?.[1];
  if (status.startsWith('42')) return new StatementError('syntax', said, line === undefined ? undefined : Number(line));
  return new StatementError('failed', said);
}
