import type { CollectionInfo } from '../src/index.js';
import { abortable } from './abortable.js';
import type { Services } from './compose.js';

/** See `Hopwise.import`. */
export async function importCollection(
  { store, limits, index }: Pick<Services, 'store' | 'limits' | 'index'>,
  name: string,
  lines: AsyncIterable<string>,
  signal: AbortSignal | undefined,
): Promise<CollectionInfo> {
  const waitMs = limits.writerWaitMs;
  await using lease = await store.acquireWriter(signal === undefined ? { waitMs } : { waitMs, signal });
  const info = await store.import(lease, name, abortable(lines, signal));
  // Only a writer persists the index; without it every later process would build it again.
  await index.current(info.name, { persist: true });
  return info;
}
