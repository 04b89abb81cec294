/** Runs one checked statement: explains it, looks at the plan, then reads its rows piece by piece, all in one transaction. */
import neo4j, {
  type Driver,
  type QueryResult,
  type RecordShape,
  type Result,
  type Session,
  type Transaction,
} from 'neo4j-driver';
import { acrossCollections } from '../../cypher/cypher-errors.js';
import { NotFoundError } from '../../errors.js';
import type { CypherValue, CypherWarning } from '../../ports/index.js';
import type { StatementRequest } from './cypher-messages.js';
import { checkPlan } from './cypher-plan.js';
import { driverParam, type NodeIds, noteNodes, portValue } from './cypher-values.js';

const PIECE_ROWS = 1_000;
/** Milliseconds after which rows that are there are handed on, although more could come. */
const PIECE_MS = 25;

export interface Piece {
  readonly rows: readonly (readonly CypherValue[])[];
  readonly done: boolean;
  readonly cut: boolean;
}

export interface Began {
  readonly columns: readonly string[];
  readonly generation: number;
  readonly warnings: readonly CypherWarning[];
  readonly pieces: AsyncIterable<Piece>;
}

/** A session in READ mode: the server refuses every write in it. */
export function readingSession(driver: Driver, database: string | undefined): Session {
  return driver.session({
    ...(database === undefined ? {} : { database }),
    defaultAccessMode: neo4j.session.READ,
    fetchSize: PIECE_ROWS,
  });
}

/**
 * @param session of `readingSession`; its closing ends the statement
 * @param request its statement went through `checkStatement`
 * @throws CypherError, NotFoundError, or what the driver throws
 */
export async function beginStatement(session: Session, request: StatementRequest): Promise<Began> {
  // An explicit transaction: the server refuses CALL {} IN TRANSACTIONS in it.
  const tx = await session.beginTransaction({
    timeout: request.timeoutMs,
    metadata: { app: 'hopwise cypher', collection: request.collection },
  });
  const { generation, warnings } = await collectionOf(tx, request);
  const params = Object.fromEntries(
    Object.entries(request.params).map(([name, value]) => [name, driverParam(value)] as const),
  );
  const { summary } = await tx.run(`EXPLAIN ${request.statement}`, params);
  checkPlan(summary);
  const result = tx.run(request.statement, params);
  const columns = await result.keys();
  return { columns: columns.map(String), generation, warnings, pieces: piecesOf(result, tx, request.rows) };
}

async function collectionOf(
  tx: Transaction,
  { collection, others }: StatementRequest,
): Promise<{ readonly generation: number; readonly warnings: readonly CypherWarning[] }> {
  const { records } = await tx.run(
    `MATCH (c:Collection)
     RETURN sum(CASE WHEN c.name = $collection THEN c.generation END) AS generation,
       count(CASE WHEN c.name = $collection THEN 1 END) AS found, count(*) AS all`,
    { collection },
  );
  const [generation = 0, found = 0, all = 0] = (records[0]?.map(Number) ?? []) as number[];
  if (found === 0) {
    throw new NotFoundError('COLLECTION_UNKNOWN', `The store has no collection "${collection}"`, {
      place: { field: 'collection' },
      remedy: 'Ingest documents first, or name one that `hopwise collections` lists.',
    });
  }
  if (all < 2) return { generation, warnings: [] };
  const across = acrossCollections(all - 1);
  if (others === 'refuse') throw across;
  return { generation, warnings: [{ code: across.code, message: across.message }] };
}

async function* piecesOf(result: Result<RecordShape>, tx: Transaction, limit: number): AsyncIterable<Piece> {
  const ids: NodeIds = new Map();
  const records = result[Symbol.asyncIterator]();
  let left = limit;
  let next = records.next();
  for (let done = false; !done; ) {
    const rows: unknown[][] = [];
    let cut = false;
    while (rows.length < PIECE_ROWS) {
      const read = rows.length === 0 ? await next : await within(next, PIECE_MS);
      if (read === undefined) break;
      done = read.done === true || left === 0;
      cut = read.done !== true && left === 0;
      if (read.done === true || done) break;
      rows.push([...read.value.values()]);
      left--;
      next = records.next();
    }
    yield { rows: await portRows(rows, ids, tx), done, cut };
  }
}

/** The promise's value, or undefined when it is not there in time. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function portRows(
  rows: readonly (readonly unknown[])[],
  ids: NodeIds,
  tx: Transaction,
): Promise<CypherValue[][]> {
  const unknown = new Set<string>();
  for (const row of rows) noteNodes(row, ids, unknown);
  const missing = [...unknown].filter((id) => !ids.has(id));
  if (missing.length > 0) {
    const found: QueryResult = await tx.run('UNWIND $ids AS id MATCH (n) WHERE elementId(n) = id RETURN n', {
      ids: missing,
    });
    for (const record of found.records) noteNodes(record.get('n'), ids, unknown);
  }
  return rows.map((row) => row.map((value) => portValue(value, ids)));
}
