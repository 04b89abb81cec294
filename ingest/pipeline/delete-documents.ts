/** Deletes documents: their contributions go, and what they touched is folded again. */
import type { DocumentRecord } from '../../graph-schema/index.js';
import type { GraphStore } from '../../src/ports/index.js';
import { BatchWriter } from './batch-writer.js';
import type { IngestContext } from './context.js';
import { findDocuments } from './find-documents.js';
import { DEFAULT_BATCH_PASSAGES } from './options.js';
import { keptTurns } from './write-turns.js';

export interface DeleteOptions {
  /** Stops at the next commit, then the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Documents deleted in one transaction; default 500. */
  readonly batchDocuments?: number | undefined;
}

/**
 * Deletes documents by id, by uri, or by the uri of the source that holds them; a quarantined uri is forgotten. The
 * source counts as not read any more: if it is still there, the next ingest brings the document back. With the last
 * document of a source go the failures of its parts, so that nothing is left of it.
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
  const batchPassages = options.batchDocuments ?? DEFAULT_BATCH_PASSAGES;
  const writer = new BatchWriter(context, keptTurns(lease), { collection, batchPassages });
  for (const failure of failures) writer.batch.resolved.push(failure.uri);
  const leftovers = await failuresLeftBehind(store, collection, documents);
  try {
    for (const document of documents) {
      writer.batch.remove.push(document.id);
      writer.batch.removeSources.push(sourceOf(document));
      writer.batch.resolved.push(...(leftovers.get(document.id) ?? []));
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

function sourceOf({ source, uri }: DocumentRecord): string {
  return source ?? uri;
}

/** Uris of failures that nothing would hold any more, by the id of the document that is the last of their source to go. */
async function failuresLeftBehind(
  store: GraphStore,
  collection: string,
  going: readonly DocumentRecord[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const last = new Map(going.map((document) => [sourceOf(document), document.id]));
  const ids = new Set(going.map(({ id }) => id));
  const left = new Map<string, string[]>();
  for (const [source, failures] of await failuresBySource(store, collection)) {
    const document = last.get(source);
    if (document === undefined) continue;
    const held = await store.documentsOfSource(collection, source);
    if (held.every(({ id }) => ids.has(id))) left.set(document, failures);
  }
  return left;
}

async function failuresBySource(store: GraphStore, collection: string): Promise<ReadonlyMap<string, string[]>> {
  const failures = new Map<string, string[]>();
  for (const { source, uri } of await store.failures(collection)) {
    const list = failures.get(source ?? uri);
    if (list === undefined) failures.set(source ?? uri, [uri]);
    else list.push(uri);
  }
  return failures;
}
