/** Deletes documents: their contributions go, and what they touched is folded again. */

import { BatchWriter } from './batch-writer.js';
import type { IngestContext } from './context.js';
import { findDocuments } from './find-documents.js';
import { DEFAULT_BATCH_PASSAGES } from './options.js';

export interface DeleteOptions {
  /** Stops at the next commit, then the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Documents deleted in one transaction; default 500. */
  readonly batchDocuments?: number | undefined;
}

/**
 * Deletes documents by id, by uri, or by the uri of the source that holds them; a quarantined uri is forgotten. The
 * source counts as not read any more: if it is still there, the next ingest brings the document back.
 *
 * @throws NotFoundError when one of the names is unknown; nothing is deleted then
 * @throws StoreLockedError
 */
export async function deleteDocuments(
  context: Pick<IngestContext, 'store' | 'index' | 'embedder' | 'limits'>,
  collection: string,
  idsOrUris: readonly string[],
  options: DeleteOptions = {},
): Promise<{ readonly deleted: number }> {
  const { store, limits } = context;
  const { signal } = options;
  await using lease = await store.acquireWriter({
    waitMs: limits.writerWaitMs,
    ...(signal === undefined ? {} : { signal }),
  });
  const { documents, failures } = await findDocuments(store, collection, idsOrUris);
  const writer = new BatchWriter(context, lease, collection, options.batchDocuments ?? DEFAULT_BATCH_PASSAGES);
  for (const failure of failures) writer.batch.resolved.push(failure.uri);
  try {
    for (const document of documents) {
      writer.batch.remove.push(document.id);
      writer.batch.removeSources.push(document.source ?? document.uri);
      await writer.commitIfFull(signal);
      signal?.throwIfAborted();
    }
    await writer.commit(signal);
  } catch (error) {
    await writer.persistIndex().catch(() => undefined);
    throw error;
  }
  await writer.persistIndex();
  return { deleted: documents.length };
}
