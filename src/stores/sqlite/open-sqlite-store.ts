import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StoreError } from '../../errors.js';
import { makeFolder } from '../../make-folder.js';
import type { GraphStore } from '../../ports/index.js';
import { connectForReading, connectForWriting } from './connect.js';
import { checkVersion, migrate } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';
import { SqliteStore } from './sqlite-store.js';
import { WriterLock } from './writer-lock.js';

const WAIT_MS = 5_000;

export interface SqliteStoreOptions {
  /** Folder of the store; the data is in its file `store.sqlite`. */
  readonly folder: string;
  /** Make folder and file where there are none; else that is a StoreError. Default false. */
  readonly create?: boolean | undefined;
  /** Refuse writers, and an older schema instead of migrating it. Default false. */
  readonly readOnly?: boolean | undefined;
  /** Milliseconds to wait for another writer when the file must be made or migrated. Default 5000. */
  readonly waitMs?: number | undefined;
  /** Clock of the "writing since" that waiting writers are told. Default the system's. */
  readonly now?: (() => Date) | undefined;
  /** Schema to open with; other than the default only in tests of migrating. */
  readonly migrations?: readonly string[] | undefined;
  /** Largest size of the file in pages of 8 KB; a write beyond is refused as by a full disk. Default: no limit. */
  readonly maxPages?: number | undefined;
}

/**
 * Opens the embedded store, making or migrating its file under the writer's lock where needed.
 *
 * @throws StoreError `STORE_MISSING`, `STORE_NEWER`, `STORE_OLDER`, `STORE_CORRUPT`, `STORE_READ_ONLY`,
 * `STORE_UNAVAILABLE`; StoreLockedError when the file must be migrated and another process is writing
 * @example
 * await using store = await openSqliteStore({ folder: '.hopwise', create: true });
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<GraphStore> {
  const {
    readOnly = false,
    create = false,
    waitMs = WAIT_MS,
    now = () => new Date(),
    migrations = MIGRATIONS,
  } = options;
  const folder = resolve(options.folder);
  const file = join(folder, 'store.sqlite');
  const version = fileVersion(file, migrations.length);
  if (version === 0 && (readOnly || !create))
    throw new StoreError('STORE_MISSING', `There is no store in ${folder}`, {
      place: { uri: folder },
      remedy: 'Make one with `hopwise ingest PATH`, or name its folder with --store.',
    });
  const connect = (reading: boolean) => (reading ? connectForReading(file) : connectForWriting(file, options.maxPages));
  if (version < migrations.length) {
    if (readOnly)
      throw new StoreError('STORE_OLDER', `The store ${file} has the schema of an older hopwise`, {
        place: { uri: file },
        remedy: 'Run any writing command of this version once, for example `hopwise ingest`: it migrates the store.',
      });
    makeStoreFolder(folder);
    const lock = await WriterLock.acquire({ folder, waitMs, now });
    try {
      const connection = connect(false);
      try {
        migrate(connection, migrations);
      } finally {
        connection.close();
      }
    } finally {
      lock.release();
    }
  }
  return new SqliteStore({ folder, file, readOnly, version: migrations.length, connect, now });
}

/** Schema version of the file; 0 when there is none, or nothing in it. */
function fileVersion(file: string, newest: number): number {
  if (!existsSync(file)) return 0;
  const connection = connectForReading(file);
  try {
    return checkVersion(connection, newest);
  } finally {
    connection.close();
  }
}

function makeStoreFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new StoreError('STORE_UNAVAILABLE', `The folder ${folder} for the store cannot be made`, {
      place: { uri: folder },
      remedy: 'Choose a folder that this user may write, with --store.',
      cause: error,
    });
  }
}
