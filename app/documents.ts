/** Stored documents as the doors list and show them. */
import { type DocumentSummary, type GraphStore, NotFoundError } from '../src/index.js';
import type { DocumentDetail } from './options.js';

const PAGE = 500;

/** All documents of the collection, by uri; the signal's reason is thrown between two pages. */
export async function* allDocuments(
  store: GraphStore,
  collection: string,
  signal: AbortSignal | undefined,
): AsyncIterable<DocumentSummary> {
  let after: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await store.documents(collection, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

/**
 * A document by id or, failing that, by uri.
 * @throws NotFoundError `DOCUMENT_NOT_FOUND`
 */
export async function findDocument(store: GraphStore, collection: string, idOrUri: string): Promise<DocumentDetail> {
  const found = (await store.document(collection, idOrUri)) ?? (await byUri(store, collection, idOrUri));
  if (found === undefined) {
    throw new NotFoundError('DOCUMENT_NOT_FOUND', `collection "${collection}" has no document "${idOrUri}"`, {
      place: { field: 'id' },
      remedy: 'Take an id or uri from `hopwise documents`.',
    });
  }
  return { ...found, passageList: await store.passagesOf(collection, found.document.id) };
}

async function byUri(store: GraphStore, collection: string, uri: string) {
  const record = await store.documentByUri(collection, uri);
  return record === undefined ? undefined : store.document(collection, record.id);
}
