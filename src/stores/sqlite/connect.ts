/** Connections to the store's file, for reading and for writing. */
import { accessSync, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StoreError } from '../../errors.js';
import { Connection } from './connection.js';

/** Milliseconds that a connection waits while another process recovers, checkpoints or migrates the file. */
const BUSY_MS = 5_000;
/** Holds most contributions and vectors of a passage without an overflow page; counts only when the file is made. */
const PAGE_BYTES = 8_192;
/** Pages of the write-ahead log after which a commit moves them into the file: 32 MB. */
const CHECKPOINT_PAGES = 4_000;
const CACHE_KIB = 16_384;

/** Throws StoreError. */
export function connectForReading(file: string): Connection {
  try {
    return configured(new Connection(file, { readOnly: true, busyMs: BUSY_MS }), '');
  } catch (error) {
    if (!(error instanceof StoreError && error.code === 'STORE_UNAVAILABLE' && isSealed(file))) throw error;
    return configured(new Connection(`${pathToFileURL(file).href}?immutable=1`, { readOnly: true, busyMs: 0 }), '');
  }
}

/** `maxPages` bounds the file's size; a write beyond is refused as by a full disk. Throws StoreError. */
export function connectForWriting(file: string, maxPages: number | undefined): Connection {
  // FULL: a commit is on the disk before it returns, so it outlives a loss of power.
  const pragmas = `PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};`;
  const limit = maxPages === undefined ? '' : `PRAGMA max_page_count = ${maxPages};`;
  return configured(new Connection(file, { readOnly: false, busyMs: BUSY_MS }), pragmas + limit);
}

function configured(connection: Connection, pragmas: string): Connection {
  try {
    connection.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp_store = MEMORY; ${pragmas}`);
    // The first read shows whether the file can be read at all.
    connection.get('PRAGMA schema_version');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * True on a medium that nobody can write (a DVD, a read-only mount): there SQLite cannot make the shared memory of the
 * write-ahead log, and may read without, for nothing changes. Not while a log waits to be moved into the file.
 */
function isSealed(file: string): boolean {
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (statSync(file, { throwIfNoEntry: false }) === undefined || (log !== undefined && log.size > 0)) return false;
  try {
    accessSync(dirname(file), constants.W_OK);
    return false;
  } catch {
    return true;
  }
}
