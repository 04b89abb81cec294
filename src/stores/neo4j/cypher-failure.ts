/** Failures of a statement, from what the driver and the server report. Codes decide; texts are shown, never read. */
import { Neo4jError } from 'neo4j-driver';
import {
  missingParameter,
  outOfMemory,
  queryFailed,
  syntaxError,
  timedOut,
  writeRefused,
} from '../../cypher/cypher-errors.js';
import type { ExploreOptions } from '../../ports/index.js';
import { type StoreAddress, storeError } from './neo4j-error.js';

const TIMEOUTS: ReadonlySet<string> = new Set([
  'Neo.ClientError.Transaction.TransactionTimedOut',
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration',
  'Neo.ClientError.Transaction.Terminated',
  'Neo.TransientError.Transaction.Terminated',
  'Neo.ClientError.Transaction.LockClientStopped',
]);
const MEMORY: ReadonlySet<string> = new Set([
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError',
  'Neo.TransientError.General.TransactionOutOfMemoryError',
  'Neo.TransientError.General.OutOfMemoryError',
  'Neo.DatabaseError.General.OutOfMemoryError',
  'Neo.TransientError.General.StackOverFlowError',
]);
const REFUSED: ReadonlySet<string> = new Set([
  'Neo.ClientError.Statement.AccessMode',
  'Neo.ClientError.Security.Forbidden',
  'Neo.ClientError.Statement.UnsupportedAdministrationCommand',
  'Neo.ClientError.Statement.NotSystemDatabaseError',
]);

/** What the port promises for the failure; what is none of the statement's, such as a lost server, is a StoreError. */
export function cypherFailure(
  error: unknown,
  { timeoutMs, memoryMb }: Pick<ExploreOptions, 'timeoutMs' | 'memoryMb'>,
  address: StoreAddress,
): unknown {
  if (!(error instanceof Neo4jError)) return error;
  const { code, message } = error;
  if (TIMEOUTS.has(code)) return timedOut(timeoutMs, error);
  if (MEMORY.has(code)) return outOfMemory(memoryMb, error);
  if (REFUSED.has(code)) return writeRefused('what it does');
  if (code === 'Neo.ClientError.Statement.ParameterMissing') {
    return missingParameter(/: (\S+)$/.exec(message)?.[1] ?? '', error);
  }
  const [, kind, category] = /^Neo\.(\w+)\.(\w+)\./.exec(code) ?? [];
  if (code === 'Neo.ClientError.Statement.SyntaxError' || code === 'Neo.ClientError.Statement.SemanticError') {
    return syntaxError(firstLine(message), lineOf(message), error);
  }
  if (kind === 'ClientError' && (category === 'Statement' || category === 'Procedure' || category === 'General')) {
    return queryFailed(firstLine(message), error);
  }
  if (code === 'Neo.DatabaseError.Statement.ExecutionFailed') return queryFailed(firstLine(message), error);
  return storeError(error, address);
}

/** The server writes the statement and a caret below what is wrong. */
function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ \(line \d+, column \d+ \(offset: \d+\)\)$/, '') ?? '';
}

function lineOf(message: string): number | undefined {
  const line = /\(line (\d+), column/.exec(message)?.[1];
  return line === undefined ? undefined : Number(line);
}
