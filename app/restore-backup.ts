import { backupLine, collectionsOfBackup, nextExport } from '../src/backup-lines.js';
import { NotFoundError, UsageError } from '../src/errors.js';
import type { CollectionInfo } from '../src/ports/index.js';
import { abortable } from './abortable.js';
import type { Services } from './compose.js';

export interface RestoreOptions {
  /** Restores this one alone. */
  readonly collection?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** See `Hopwise.restore`. */
export async function restoreBackup(
  { store, limits, index }: Pick<Services, 'store' | 'limits' | 'index'>,
  file: AsyncIterable<string>,
  { collection, signal }: RestoreOptions,
): Promise<CollectionInfo[]> {
  const lines = abortable(file, signal)[Symbol.asyncIterator]();
  const first = await lines.next();
  const names = first.done === true ? undefined : collectionsOfBackup(first.value);
  if (names === undefined)
    throw new UsageError('NOT_A_BACKUP', 'The file is no backup made of exports', {
      place: { line: 1 },
      remedy: `Its first line must be like ${backupLine(['NAME'])}; import an export as one collection instead.`,
    });
  if (collection !== undefined && !names.includes(collection))
    throw new NotFoundError('COLLECTION_UNKNOWN', `The backup holds no collection "${collection}"`, {
      place: { field: 'collection' },
      remedy: `Choose one of: ${names.join(', ')}.`,
    });
  const wanted = collection === undefined ? names : [collection];
  const waitMs = limits.writerWaitMs;
  await using lease = await store.acquireWriter(signal === undefined ? { waitMs } : { waitMs, signal });
  // Before the first is loaded: a restore that cannot be whole does not begin.
  for (const name of wanted) {
    if ((await store.collection(name)) === undefined) continue;
    throw new UsageError('COLLECTION_EXISTS', `There is a collection ${name} already`, {
      place: { field: 'collection' },
      remedy: 'Delete it first, restore into another store, or restore another collection alone.',
    });
  }
  const restored: CollectionInfo[] = [];
  for (const name of names) {
    const own = nextExport(lines);
    if (wanted.includes(name)) {
      restored.push(await store.import(lease, name, own));
      await index.current(name, { persist: true });
    } else for await (const _ of own);
  }
  return restored;
}
