/** A consistent copy of the whole store while others read and write it. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { UsageError } from '../../errors.js';
import type { Connection } from './connection.js';

/**
 * Writes a copy to `path`, whole or not at all, and closes the connection. VACUUM INTO reads one snapshot and leaves a
 * compact single file without a write-ahead log.
 */
export async function backupTo(connection: Connection, path: string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    if (existsSync(path))
      throw new UsageError('BACKUP_EXISTS', `${path} exists already`, {
        place: { uri: path },
        remedy: 'Name a new file for the backup.',
      });
    rmSync(partial, { force: true });
    connection.run('VACUUM INTO ?', partial);
    renameSync(partial, path);
  } finally {
    connection.close();
    rmSync(partial, { force: true });
  }
}
