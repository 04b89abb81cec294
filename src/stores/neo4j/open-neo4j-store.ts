import type { GraphStore } from '../../ports/index.js';
import type { ConnectionOptions } from './connection.js';
import { migrate } from './migrate.js';
import { Neo4jStore } from './neo4j-store.js';
import { openConnection } from './open-connection.js';

const LEASE_MS = 10_000;

export interface Neo4jStoreOptions extends ConnectionOptions {
  /** Refuse writers, and an older schema instead of migrating it. Default false. */
  readonly readOnly?: boolean | undefined;
  /** Milliseconds after which the right to write of a process that gives no sign of life ends; default 10,000. */
  readonly leaseMs?: number | undefined;
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
export async function openNeo4jStore(options: Neo4jStoreOptions): Promise<GraphStore> {
  const { readOnly = false, leaseMs = LEASE_MS, now = () => new Date(), onSchemaChange, ...rest } = options;
  const connection = await openConnection(rest);
  try {
    await migrate(connection, { readOnly, onChange: onSchemaChange });
  } catch (error) {
    await connection.close();
    throw error;
  }
  return new Neo4jStore({ connection, readOnly, leaseMs, now });
}
