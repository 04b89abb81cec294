/**
 * Brings the graph to this version's schema, once, however many processes start at the same time; refuses a graph of a
 * newer version; sees to it that every constraint and index is there and online.
 */
import { packageVersion } from '../../assets.js';
import { StoreError } from '../../errors.js';
import { checkSchema } from './check-schema.js';
import type { Neo4jConnection } from './connection.js';
import { type Migration, readMigrations, schemaOf } from './migrations.js';

export interface MigrateOptions {
  readonly migrations?: readonly Migration[];
  /** Told of each migration applied and each lost index made again. */
  readonly onChange?: ((what: string) => void) | undefined;
  /** Milliseconds to wait for another process that migrates, and for indexes to be filled; default 600,000. */
  readonly waitMs?: number | undefined;
  /** Only look: a graph that lacks something is refused instead of completed. */
  readonly readOnly?: boolean | undefined;
}

const BOOTSTRAP = [
  'CREATE CONSTRAINT migration_number IF NOT EXISTS FOR (n:Migration) REQUIRE n.number IS UNIQUE',
  'CREATE CONSTRAINT migration_lock_name IF NOT EXISTS FOR (n:MigrationLock) REQUIRE n.name IS UNIQUE',
];

/**
 * @throws StoreError `STORE_NEWER`, `STORE_OLDER` (only when `readOnly`), `STORE_CORRUPT` (an applied migration is not the
 *   one of this version), `INDEX_OFFLINE`, `INDEX_MISSING` (only when `readOnly`)
 */
export async function migrate(connection: Neo4jConnection, options: MigrateOptions = {}): Promise<void> {
  const migrations = options.migrations ?? readMigrations();
  const waitMs = options.waitMs ?? 600_000;
  let version = await checkVersion(connection, migrations);
  if (version < migrations.length) {
    if (options.readOnly) throw older(connection, version, migrations.length);
    for (const statement of BOOTSTRAP) await connection.run('WRITE', statement);
    await locked(connection, waitMs, async () => {
      version = await checkVersion(connection, migrations);
      for (const migration of migrations.slice(version)) {
        await apply(connection, migration, waitMs);
        options.onChange?.(`migration ${migration.number} (${migration.name}) applied`);
      }
    });
  }
  await checkSchema(connection, schemaOf(migrations), { ...options, waitMs });
}

/** Number of the last migration applied, 0 in a blank graph. */
async function checkVersion(connection: Neo4jConnection, migrations: readonly Migration[]): Promise<number> {
  const { records } = await connection.run(
    'READ',
    'MATCH (m:Migration) RETURN m.number AS number, m.checksum AS checksum ORDER BY number',
  );
  const place = { uri: connection.address.uri };
  if (records.length > migrations.length)
    throw new StoreError(
      'STORE_NEWER',
      `The graph has schema version ${records.length}; this hopwise knows versions up to ${migrations.length}`,
      {
        place,
        remedy: 'Update hopwise, or export with the version that wrote it and import into another database.',
      },
    );
  for (const [i, record] of records.entries()) {
    if (record.get('number') === i + 1 && record.get('checksum') === migrations[i]!.checksum) continue;
    throw new StoreError('STORE_CORRUPT', `Migration ${i + 1} of the graph is not the one that this hopwise knows`, {
      place,
      remedy: 'Use the hopwise that made the graph, or a blank database; an export of it can be imported there.',
    });
  }
  return records.length;
}

/**
 * The lock is one on a node, held by an open transaction: when its process dies, the server ends the transaction, and no
 * lock is left behind.
 */
async function locked(connection: Neo4jConnection, waitMs: number, work: () => Promise<void>): Promise<void> {
  await connection.run('WRITE', "MERGE (:MigrationLock {name: 'migrations'})");
  await connection.write(
    async (tx) => {
      await tx.run("MATCH (lock:MigrationLock {name: 'migrations'}) SET lock.taken = timestamp()");
      await work();
    },
    { timeoutMs: waitMs },
  );
}

async function apply(connection: Neo4jConnection, migration: Migration, waitMs: number): Promise<void> {
  for (const statement of migration.statements) await connection.run('WRITE', statement, {}, { timeoutMs: waitMs });
  const { number, name, checksum } = migration;
  await connection.run(
    'WRITE',
    `MERGE (m:Migration {number: toInteger($number)})
     ON CREATE SET m.name = $name, m.checksum = $checksum, m.hopwise = $hopwise, m.appliedAt = datetime()`,
    { number, name, checksum, hopwise: packageVersion() },
  );
}

function older(connection: Neo4jConnection, version: number, newest: number): StoreError {
  return new StoreError('STORE_OLDER', `The graph has schema version ${version}, but this hopwise needs ${newest}`, {
    place: { uri: connection.address.uri },
    remedy: 'Run a command that writes once, such as `hopwise ingest`, with a user who may change the schema.',
  });
}
