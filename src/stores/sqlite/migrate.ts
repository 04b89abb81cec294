/** Brings a store file to this version's schema, once, under the writer's lock; refuses what it does not know. */
import { StoreError } from '../../errors.js';
import type { Connection } from './connection.js';

/** "hopw": tells a hopwise store from any other SQLite file, https://sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x686f7077;

interface Pragma {
  readonly user_version?: number;
  readonly application_id?: number;
  readonly tables?: number;
}

export function schemaVersion(connection: Connection): number {
  return connection.get<Pragma>('PRAGMA user_version')?.user_version ?? 0;
}

/** True when the file holds nothing yet: just made, or its maker died before the first commit. */
function isBlank(connection: Connection): boolean {
  return connection.get<Pragma>('SELECT count(*) AS tables FROM sqlite_schema')?.tables === 0;
}

/** Throws StoreError unless the file is blank or a hopwise store of at most `newest`. Returns the version, 0 when blank. */
export function checkVersion(connection: Connection, newest: number): number {
  const version = schemaVersion(connection);
  const application = connection.get<Pragma>('PRAGMA application_id')?.application_id;
  if (version === 0 && application === 0 && isBlank(connection)) return 0;
  if (application !== APPLICATION_ID)
    throw new StoreError('STORE_CORRUPT', `${connection.path} is a SQLite file, but no hopwise store`, {
      place: { uri: connection.path },
      remedy: 'Choose another folder with --store.',
    });
  if (version > newest)
    throw new StoreError(
      'STORE_NEWER',
      `The store ${connection.path} has schema version ${version}; this hopwise knows versions up to ${newest}`,
      {
        place: { uri: connection.path },
        remedy: 'Update hopwise, or export with the version that wrote it and import into a new folder.',
      },
    );
  return version;
}

/**
 * Applies the migrations that the file lacks, each in a transaction of its own with its version number, so that a kill
 * between two leaves a sound older version. The caller holds the writer's lock.
 */
export function migrate(connection: Connection, migrations: readonly string[]): void {
  const version = checkVersion(connection, migrations.length);
  for (let next = version; next < migrations.length; next++) {
    connection.transaction('EXCLUSIVE', () => {
      connection.exec(migrations[next]!);
      connection.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${next + 1};`);
    });
  }
}
