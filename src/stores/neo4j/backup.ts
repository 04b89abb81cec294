/** A backup on the client: the exports of all collections in one file, one behind the other, behind a line that names them. */
import { open, rename, rm, stat } from 'node:fs/promises';
import { backupLine } from '../../backup-lines.js';
import { UsageError } from '../../errors.js';

/** Writes the file whole or not at all; an existing one is a UsageError `BACKUP_EXISTS`. */
export async function backupTo(
  path: string,
  collections: readonly string[],
  exportOf: (name: string) => AsyncIterable<string>,
): Promise<void> {
  if ((await stat(path).catch(() => undefined)) !== undefined)
    throw new UsageError('BACKUP_EXISTS', `${path} exists already`, {
      place: { uri: path },
      remedy: 'Name a new file for the backup.',
    });
  const partial = `${path}.partial`;
  try {
    const file = await open(partial, 'w');
    try {
      await file.write(`${backupLine(collections)}\n`);
      for (const name of collections) for await (const line of exportOf(name)) await file.write(`${line}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
