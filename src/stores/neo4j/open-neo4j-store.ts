import { randomUUID } from 'node:crypto';
import { StoreError } from '../../errors.js';
import { DEFAULT_LIMITS } from '../../limits.js';
import type { ConnectionOptions, Neo4jConnection } from './connection.js';
import { migrate } from './migrate.js';
import { Neo4jStore } from './neo4j-store.js';
import { openConnection } from './open-connection.js';
import { IDENTITY, MAKE_IDENTITY } from './statements/collection-statements.js';

const LEASE_MS = 10_000;

export interface Neo4jStoreOptions extends ConnectionOptions {
  /** Refuse writers, and an older schema instead of migrating it. Default false. */
  readonly readOnly?: boolean | undefined;
  /** Milliseconds after which the right to write of a process that gives no sign of life ends; default 10,000. */
  readonly leaseMs?: number | undefined;
  /** Passages and documents that were cited lately, kept so as not to be sent again; default `limits.maxKeptEvidence`. */
  readonly keptEvidence?: number | undefined;
  /** Clock of the "writing since" that waiting writers are told. Default the system's. */
  readonly now?: (() => Date) | undefined;
  /** Told of each migration applied and each lost index made again. */
  readonly onSchemaChange?: ((what: string) => void) | undefined;
}

/**
 * Opens a store in Neo4j, bringing its schema to this version where needed.
 *
 * @throws StoreError as `openConnection` and `migrate`; UsageError for an address that cannot be used
 * @example
 * await using store = await openNeo4jStore({ uri: 'neo4j://localhost:7687', password: process.env.NEO4J_PASSWORD });
 */
export async function openNeo4jStore(options: Neo4jStoreOptions): Promise<Neo4jStore> {
  const {
    readOnly = false,
    leaseMs = LEASE_MS,
    now = () => new Date(),
    keptEvidence = DEFAULT_LIMITS.maxKeptEvidence,
    onSchemaChange,
    ...rest
  } = options;
  const connection = await openConnection(rest);
  try {
    await migrate(connection, { readOnly, onChange: onSchemaChange });
    const identity = await readIdentity(connection);
    return new Neo4jStore({ connection, identity, readOnly, leaseMs, keptEvidence, now });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Who may only read takes the address for an identity until somebody who may write has given one. */
async function readIdentity(connection: Neo4jConnection): Promise<string> {
  const { records } = await connection.run('READ', IDENTITY);
  const known: unknown = records[0]?.get('id');
  if (typeof known === 'string') return known;
  try {
    const made = await connection.run('WRITE', MAKE_IDENTITY, { id: randomUUID() });
    return String(made.records[0]?.get('id'));
  } catch (error) {
    const refusals = ['STORE_READ_ONLY', 'STORE_FORBIDDEN'];
    if (!(error instanceof StoreError) || !refusals.includes(error.code)) throw error;
    return `${connection.address.uri} ${connection.address.database ?? ''}`;
  }
}
