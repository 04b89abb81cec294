/** Maps what the driver and the server of Neo4j report to StoreErrors with cause and remedy. Codes decide, never texts. */
import { Neo4jError } from 'neo4j-driver';
import { StoreError, UsageError } from '../../errors.js';

/** Where the failed call went; never holds credentials. */
export interface StoreAddress {
  /** Such as `neo4j://localhost:7687`. */
  readonly uri: string;
  /** Absent: the home database of the user. */
  readonly database?: string | undefined;
}

interface Meaning {
  readonly code: string;
  readonly message: (address: string, database: string) => string;
  readonly remedy: string;
}

const UNAVAILABLE: Meaning = {
  code: 'STORE_UNAVAILABLE',
  message: (address) => `Neo4j at ${address} does not answer`,
  remedy: 'Start the server or correct --store, and run the command again: what was committed is kept.',
};
const AUTH: Meaning = {
  code: 'STORE_AUTH',
  message: (address) => `Neo4j at ${address} refuses the user name or password`,
  remedy: 'Set NEO4J_USERNAME and NEO4J_PASSWORD; after several wrong ones the server refuses for a while.',
};
const FORBIDDEN: Meaning = {
  code: 'STORE_FORBIDDEN',
  message: (address, database) => `The user may not do this on ${database} of ${address}`,
  remedy: 'Give the user the privileges that docs/neo4j.md lists, or use another one.',
};
const READ_ONLY: Meaning = {
  code: 'STORE_READ_ONLY',
  message: (address, database) => `${database} of ${address} cannot be written`,
  remedy: 'Take it out of server.databases.read_only on the server; in a cluster connect by neo4j:// and not bolt://.',
};
const TIMEOUT: Meaning = {
  code: 'STORE_TIMEOUT',
  message: (address) => `Neo4j at ${address} ended a transaction that took too long`,
  remedy: 'Raise the setting neo4j.transactionMs, or look at what else the server is doing; nothing of it was stored.',
};
const BUSY: Meaning = {
  code: 'STORE_BUSY',
  message: (address) => `Neo4j at ${address} stayed too busy`,
  remedy: 'Run the command again, with fewer writers at once or a larger neo4j.retryMs; nothing of it was stored.',
};
const MEMORY: Meaning = {
  code: 'STORE_OUT_OF_MEMORY',
  message: (address) => `Neo4j at ${address} has too little memory for a transaction`,
  remedy: 'Raise dbms.memory.transaction.total.max or the heap of the server; nothing of it was stored.',
};
const FULL: Meaning = {
  code: 'STORE_FULL',
  message: (address, database) => `The disk of Neo4j at ${address} is full: ${database} takes no writes`,
  remedy:
    'Free space on the server, restart it, and run the command again: it finds what was stored and goes on there.',
};
const HALTED: Meaning = {
  code: 'STORE_FAILED',
  message: (address, database) => `Neo4j at ${address} has stopped ${database} after an error of its own`,
  remedy: 'Look into the log of the server (logs/debug.log), restart it, and run the command again.',
};
const CONFLICT: Meaning = {
  code: 'CONFLICTING_WRITE',
  message: () => 'The batch contradicts itself or what is stored',
  remedy: 'Give each passage id once, and ordinals 0, 1, 2 ... within a document.',
};
const UNKNOWN_DATABASE: Meaning = {
  code: 'STORE_DATABASE_UNKNOWN',
  message: (address, database) => `Neo4j at ${address} has no ${database}`,
  remedy: 'Set NEO4J_DATABASE to one that exists (SHOW DATABASES lists them); the Community edition has only neo4j.',
};
const DAMAGED: Meaning = {
  code: 'STORE_FAILED',
  message: (address, database) => `Neo4j at ${address} failed on ${database}`,
  remedy: 'Look into the log of the server (logs/neo4j.log and debug.log), and run the command again.',
};

/** Status codes of the server and the driver, https://neo4j.com/docs/status-codes/5/errors/all-errors/ */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ['ServiceUnavailable', UNAVAILABLE],
  ['SessionExpired', UNAVAILABLE],
  ['ProtocolError', UNAVAILABLE],
  ['Neo.TransientError.Database.DatabaseUnavailable', UNAVAILABLE],
  ['Neo.TransientError.General.DatabaseUnavailable', UNAVAILABLE],
  ['Neo.ClientError.Security.Unauthorized', AUTH],
  ['Neo.ClientError.Security.AuthenticationRateLimit', AUTH],
  ['Neo.ClientError.Security.CredentialsExpired', AUTH],
  ['Neo.ClientError.Security.TokenExpired', AUTH],
  ['Neo.ClientError.Security.AuthorizationExpired', AUTH],
  ['Neo.ClientError.Security.Forbidden', FORBIDDEN],
  ['Neo.ClientError.Database.DatabaseNotFound', UNKNOWN_DATABASE],
  ['Neo.ClientError.General.WriteOnReadOnlyAccessDatabase', READ_ONLY],
  ['Neo.ClientError.General.ForbiddenOnReadOnlyDatabase', READ_ONLY],
  ['Neo.ClientError.Statement.AccessMode', READ_ONLY],
  ['Neo.ClientError.Cluster.NotALeader', READ_ONLY],
  ['Neo.ClientError.Transaction.TransactionTimedOut', TIMEOUT],
  ['Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration', TIMEOUT],
  ['Neo.ClientError.Transaction.LockClientStopped', TIMEOUT],
  ['Neo.ClientError.Transaction.Terminated', TIMEOUT],
  ['Neo.TransientError.Transaction.Terminated', TIMEOUT],
  ['Neo.TransientError.General.MemoryPoolOutOfMemoryError', MEMORY],
  ['Neo.TransientError.General.TransactionOutOfMemoryError', MEMORY],
  ['Neo.DatabaseError.General.OutOfMemoryError', MEMORY],
  ['Neo.TransientError.General.OutOfMemoryError', MEMORY],
  ['Neo.ClientError.Schema.ConstraintValidationFailed', CONFLICT],
]);

/** The error to throw for `error`: itself unless it is the driver's. */
export function storeError(error: unknown, address: StoreAddress): unknown {
  if (!(error instanceof Neo4jError)) return error;
  const meaning = MEANINGS.get(error.code) ?? (Neo4jError.isRetryable(error) ? BUSY : DAMAGED);
  const words = meaning.message(address.uri, databaseName(address));
  const message = meaning === DAMAGED || meaning === BUSY ? `${words}: ${error.code}` : words;
  const options = { place: { uri: address.uri }, remedy: meaning.remedy, cause: error };
  return meaning === CONFLICT
    ? new UsageError(meaning.code, message, options)
    : new StoreError(meaning.code, message, options);
}

/** Codes behind which the server may have run out of disk space; it says so in the status of the database only. */
const HALTING = new Set([
  'Neo.DatabaseError.Transaction.TransactionCommitFailed',
  'Neo.DatabaseError.Transaction.TransactionStartFailed',
  'Neo.DatabaseError.Transaction.TransactionLogError',
  'Neo.DatabaseError.General.UnknownError',
  'Neo.DatabaseError.Statement.ExecutionFailed',
]);

export function mayBeHalted(error: unknown): error is Neo4jError {
  return error instanceof Neo4jError && HALTING.has(error.code);
}

/**
 * ENOSPC, EFBIG and EDQUOT: by number where the page cache failed, in the words of the system where the transaction log
 * did. The server has no code for either.
 */
const NO_ROOM = /ErrorCode=(28|27|122)\b|No space left on device|File too large|Disk quota exceeded/;

/** For an error that may have halted the database, by what `SHOW DATABASES` says of it; undefined when that is nothing. */
export function haltedError(error: Neo4jError, address: StoreAddress, status: string): StoreError | undefined {
  if (status === '') return undefined;
  const meaning = NO_ROOM.test(status) ? FULL : HALTED;
  const words = meaning.message(address.uri, databaseName(address));
  return new StoreError(meaning.code, `${words}: ${status.split('\n')[0]}`, {
    place: { uri: address.uri },
    remedy: meaning.remedy,
    cause: error,
  });
}

function databaseName({ database }: StoreAddress): string {
  return database === undefined ? 'the home database' : `the database ${database}`;
}
