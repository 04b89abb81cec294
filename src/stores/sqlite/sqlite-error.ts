/** Maps SQLite's result codes to StoreErrors with cause and remedy. Codes decide, never message texts. */
import { StoreError, StoreLockedError, UsageError } from '../../errors.js';

/** Primary result codes, https://sqlite.org/rescode.html */
const SQLITE = {
  PERM: 3,
  BUSY: 5,
  LOCKED: 6,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  TOOBIG: 18,
  CONSTRAINT: 19,
  NOTADB: 26,
};

/** Primary SQLite result code of an error thrown by the driver, or undefined when it is none. */
export function resultCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  const code = error.errcode;
  // The low byte of an extended code is the primary one.
  return typeof code === 'number' ? code & 0xff : undefined;
}

/**
 * True for an error of the driver's `all` and `iterate`, which say that SQLite failed but not with which code
 * (@photostructure/sqlite 1.2.1).
 */
export function isUncoded(error: unknown): boolean {
  return (
    resultCode(error) === undefined &&
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SQLITE_ERROR'
  );
}

/** For an uncoded error, by what a check of the file has shown. */
export function uncodedError(error: unknown, path: string, damaged: boolean): unknown {
  return storeError({ errcode: damaged ? SQLITE.CORRUPT : SQLITE.IOERR, cause: error }, path);
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === SQLITE.BUSY || code === SQLITE.LOCKED;
}

/**
 * The error to throw for `error`: a StoreError for what the disk, the file or another process did, a UsageError for a write
 * that contradicts the schema, else `error` itself.
 */
export function storeError(error: unknown, path: string): unknown {
  const place = { uri: path };
  switch (resultCode(error)) {
    case SQLITE.FULL:
      return new StoreError('STORE_FULL', `No space left for the store ${path}; nothing of this write was stored`, {
        place,
        remedy: 'Free space on the disk (or raise its quota) and run the command again: it goes on where it stopped.',
        cause: error,
      });
    case SQLITE.CORRUPT:
    case SQLITE.NOTADB:
      return new StoreError('STORE_CORRUPT', `The store ${path} is damaged or is no hopwise store`, {
        place,
        remedy: 'Restore a backup, or move the folder away and ingest again; the sources are untouched.',
        cause: error,
      });
    case SQLITE.READONLY:
    case SQLITE.PERM:
      return new StoreError('STORE_READ_ONLY', `The store ${path} cannot be written`, {
        place,
        remedy: 'Give this user write permission on the folder and its files, or choose another folder with --store.',
        cause: error,
      });
    case SQLITE.CANTOPEN:
      return new StoreError('STORE_UNAVAILABLE', `The store ${path} cannot be opened`, {
        place,
        remedy: 'Check that the folder exists and that this user may read and write it.',
        cause: error,
      });
    case SQLITE.IOERR:
      return new StoreError('STORE_IO', `Reading or writing the store ${path} failed`, {
        place,
        remedy: 'Check the disk (or network drive) and run `hopwise doctor`; committed data is kept.',
        cause: error,
      });
    case SQLITE.CONSTRAINT:
      return new UsageError('CONFLICTING_WRITE', 'The batch contradicts itself or what is stored', {
        place,
        remedy: 'Give each passage id once, and ordinals 0, 1, 2 ... within a document.',
        cause: error,
      });
    case SQLITE.TOOBIG:
      return new StoreError('STORE_TOO_BIG', `A value is too large for the store ${path}`, {
        place,
        remedy: 'Split the document: one value may have at most 1 GB.',
        cause: error,
      });
    case SQLITE.BUSY:
    case SQLITE.LOCKED:
      return new StoreLockedError('STORE_LOCKED', `Another program holds the store ${path}`, {
        place,
        remedy: 'Close other programs that have the file open and try again.',
        cause: error,
      });
    default:
      return error;
  }
}
