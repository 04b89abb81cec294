/** Finds documents by what people name them with: an id, a uri, or the uri of the source that holds them. */
import type { DocumentRecord } from '../../graph-schema/index.js';
import { NotFoundError } from '../../src/errors.js';
import type { Failure, GraphStore } from '../../src/ports/index.js';

export interface FoundDocuments {
  /** Without duplicates, in the order named. */
  readonly documents: readonly DocumentRecord[];
  /** Failures named by their uri, or of a source named. */
  readonly failures: readonly Failure[];
}

/** @throws NotFoundError when one of the names is that of nothing stored */
export async function findDocuments(
  store: GraphStore,
  collection: string,
  names: readonly string[],
): Promise<FoundDocuments> {
  const documents = new Map<string, DocumentRecord>();
  const failures = new Map<string, Failure>();
  const stored = await store.failures(collection);
  const unknown: string[] = [];
  for (const name of names) {
    const found = await documentsNamed(store, collection, name);
    const failed = stored.filter((failure) => failure.uri === name || failure.source === name);
    for (const document of found) documents.set(document.id, document);
    for (const failure of failed) failures.set(failure.uri, failure);
    if (found.length + failed.length === 0) unknown.push(name);
  }
  if (unknown.length > 0) {
    throw new NotFoundError(
      'DOCUMENT_NOT_FOUND',
      `No document in "${collection}" has the id or uri ${unknown.join(', ')}.`,
      {
        remedy: 'List what is there with: hopwise documents',
      },
    );
  }
  return { documents: [...documents.values()], failures: [...failures.values()] };
}

async function documentsNamed(store: GraphStore, collection: string, name: string): Promise<readonly DocumentRecord[]> {
  const byId = await store.documentRecords(collection, [name]);
  return byId.length > 0 ? byId : documentsAt(store, collection, name);
}

async function documentsAt(store: GraphStore, collection: string, uri: string): Promise<readonly DocumentRecord[]> {
  const ofSource = await store.documentsOfSource(collection, uri);
  if (ofSource.length > 0) return ofSource;
  const document = await store.documentByUri(collection, uri);
  return document === undefined ? [] : [document];
}
