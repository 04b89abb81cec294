/** What every adapter refuses, in the same words. */
import { NotFoundError, StoreError, UsageError } from '../errors.js';

export function collectionUnknown(name: string): NotFoundError {
  return new NotFoundError('COLLECTION_UNKNOWN', `There is no collection ${name}`, {
    remedy: 'List the collections with `hopwise collections`.',
  });
}

export function collectionExists(name: string): UsageError {
  return new UsageError('COLLECTION_EXISTS', `There is a collection ${name} already`, {
    remedy: 'Choose another name, or delete the collection first.',
  });
}

export function duplicateUri(uri: string, other: string): UsageError {
  return new UsageError('DUPLICATE_URI', `Document ${other} already has the uri ${uri}`, {
    place: { uri },
    remedy: 'Make ids with documentId(collection, uri), or remove the other document in the same batch.',
  });
}

export function duplicateMention(passageId: string): UsageError {
  return new UsageError('DUPLICATE_MENTION', `Passage ${passageId} mentions an entity twice`, {
    remedy: 'Fold all mentions of an entity in a passage into one, with several spans.',
  });
}

export function unknownDocument(id: string, uri: string): UsageError {
  return new UsageError('UNKNOWN_DOCUMENT', `The collection has no document ${id}`, {
    place: { uri },
    remedy: 'Put the document with its text and passages.',
  });
}

export function unknownPassage(id: string): UsageError {
  return new UsageError('UNKNOWN_PASSAGE', `The collection has no passage ${id}`, {
    remedy: 'Give mentions and vectors only for passages that are stored or in the same batch.',
  });
}

export function vectorsMissing(found: number, passages: number, embedder: string): StoreError {
  return new StoreError('VECTORS_MISSING', `${found} of ${passages} passages have vectors of ${embedder}`, {
    remedy: 'Stage vectors for all passages before the switch: run `hopwise reembed` again.',
  });
}

export function leaseReleased(): StoreError {
  return new StoreError('LEASE_RELEASED', 'The right to write was given back', { remedy: 'Acquire the writer anew.' });
}

export function leaseForeign(): StoreError {
  return new StoreError('LEASE_FOREIGN', 'The right to write belongs to another store', {
    remedy: 'Pass the lease that acquireWriter of this store gave.',
  });
}

/** Ids are printable ASCII, so that their order is the same everywhere. Throws UsageError `BAD_ID`. */
export function checkedId(id: string, uri: string): string {
  if (/^[!-~]{1,64}$/.test(id)) return id;
  throw new UsageError('BAD_ID', `${JSON.stringify(id)} is no id`, {
    place: { uri },
    remedy: 'Make ids with documentId and passageId of the graph schema.',
  });
}
