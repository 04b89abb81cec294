/** The file of a store while it is open: what must hold before anything is read from it or written to it. */
import { accessSync, constants, statSync } from 'node:fs';
import { StoreError } from '../../errors.js';
import type { Connection } from './connection.js';
import { schemaVersion } from './migrate.js';

export interface StoreFileParts {
  readonly folder: string;
  readonly file: string;
  readonly readOnly: boolean;
  /** Schema version that this process reads and writes. */
  readonly version: number;
}

export class StoreFile {
  private readonly identity: string;

  constructor(private readonly parts: StoreFileParts) {
    this.identity = fileIdentity(parts.file);
  }

  /**
   * An open file outlives its name, so a store whose folder was deleted or replaced would be written to no avail.
   * @throws StoreError `STORE_LOST`
   */
  assertPresent(): void {
    const { file } = this.parts;
    if (fileIdentity(file) === this.identity) return;
    throw new StoreError('STORE_LOST', `The store ${file} was moved, deleted or replaced while it was open`, {
      place: { uri: file },
      remedy: 'Put the folder back, or open the store anew; what was committed before is in the old file.',
    });
  }

  /**
   * SQLite opens what it cannot write for reading and fails late; this fails before anything is done.
   * @throws StoreError `STORE_READ_ONLY`
   */
  assertWritable(): void {
    const { folder, file, readOnly } = this.parts;
    if (readOnly)
      throw new StoreError('STORE_READ_ONLY', `The store ${file} was opened for reading only`, {
        place: { uri: file },
        remedy: 'Open it without `readOnly`.',
      });
    for (const path of [folder, file]) {
      try {
        accessSync(path, constants.W_OK);
      } catch (error) {
        throw new StoreError('STORE_READ_ONLY', `${path} cannot be written`, {
          place: { uri: path },
          remedy: 'Give this user write permission on the folder and its files, or choose another folder with --store.',
          cause: error,
        });
      }
    }
  }

  /**
   * A newer hopwise may have migrated the file since it was opened.
   * @throws StoreError `STORE_NEWER`
   */
  assertVersion(connection: Connection): void {
    const { file, version } = this.parts;
    if (schemaVersion(connection) === version) return;
    throw new StoreError('STORE_NEWER', `Another version of hopwise has changed the schema of ${file}`, {
      place: { uri: file },
      remedy: 'End this process and start the newer version.',
    });
  }
}

/** Device and inode, empty when there is no such file. */
function fileIdentity(path: string): string {
  const status = statSync(path, { bigint: true, throwIfNoEntry: false });
  return status === undefined ? '' : `${status.dev}:${status.ino}`;
}
