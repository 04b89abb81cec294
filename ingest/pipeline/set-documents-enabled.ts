/** Takes documents out of retrieval and back without deleting them. */
import type { IngestContext } from './context.js';
import { findDocuments } from './find-documents.js';

/**
 * Enables or disables documents by id, by uri, or by the uri of the source that holds them. A document stays disabled
 * when its source is ingested again.
 *
 * @throws NotFoundError when one of the names is unknown; nothing is changed then
 * @throws StoreLockedError
 */
export async function setDocumentsEnabled(
  context: Pick<IngestContext, 'store' | 'index' | 'limits'>,
  collection: string,
  idsOrUris: readonly string[],
  enabled: boolean,
): Promise<{ readonly changed: number }> {
  const { store, index, limits } = context;
  await using lease = await store.acquireWriter({ waitMs: limits.writerWaitMs });
  const { documents } = await findDocuments(store, collection, idsOrUris);
  const ids = documents.filter((document) => document.enabled !== enabled).map((document) => document.id);
  if (ids.length === 0) return { changed: 0 };
  await lease.setEnabled(collection, ids, enabled);
  await index.current(collection, { persist: true });
  return { changed: ids.length };
}
