/** A backup made of exports: a first line that names the collections, then the export of each, one behind the other. */
import { z } from 'zod';
import { SourceError } from './errors.js';

const backupSchema = z.strictObject({
  format: z.literal('hopwise-backup'),
  version: z.literal(1),
  collections: z.array(z.string()),
});

/** First line of a backup. */
export function backupLine(collections: readonly string[]): string {
  return JSON.stringify({ format: 'hopwise-backup', version: 1, collections });
}

/** Names of the collections of a backup, by its first line; undefined for a file that is none. */
export function collectionsOfBackup(line: string): readonly string[] | undefined {
  if (!line.startsWith('{"format":"hopwise-backup"')) return undefined;
  const result = backupSchema.safeParse(JSON.parse(line));
  if (result.success) return result.data.collections;
  const [issue] = result.error.issues;
  throw new SourceError('IMPORT_BROKEN', `Line 1 of the backup: ${issue?.message ?? 'not its first line'}`, {
    place: { line: 1, field: issue?.path.join('.') ?? '' },
    remedy: 'Update hopwise, or make the backup again; nothing of this one was stored.',
  });
}

/** The lines of the next export, its end record included; all of them must be read before the one behind it. */
export async function* nextExport(lines: AsyncIterator<string>): AsyncGenerator<string> {
  for (;;) {
    const step = await lines.next();
    if (step.done === true) return;
    yield step.value;
    if (step.value.startsWith('{"kind":"end"')) return;
  }
}
