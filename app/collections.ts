/** Collections as the doors name, describe and delete them. */
import { NotFoundError, UsageError } from '../src/index.js';
import type { Services } from './compose.js';
import type { CallOptions, CollectionStatus } from './options.js';
import { collectionNameSchema, type Settings } from './settings.js';

/**
 * The collection that a call is about.
 * @throws UsageError `INVALID_COLLECTION`
 */
export function collectionOf(settings: Settings, { collection }: CallOptions): string {
  if (collection === undefined) return settings.collection;
  const parsed = collectionNameSchema.safeParse(collection);
  if (parsed.success) return parsed.data;
  throw new UsageError('INVALID_COLLECTION', `"${collection}" is not a name for a collection`, {
    place: { field: 'collection' },
    remedy: `Choose another: ${parsed.error.issues[0]!.message}.`,
  });
}

/** @throws NotFoundError `COLLECTION_UNKNOWN` */
export async function collectionStatus({ store }: Pick<Services, 'store'>, name: string): Promise<CollectionStatus> {
  const collection = await store.collection(name);
  if (collection === undefined) {
    throw new NotFoundError('COLLECTION_UNKNOWN', `the store has no collection "${name}"`, {
      place: { field: 'collection' },
      remedy: 'Ingest documents first, or name one that `hopwise collections` lists.',
    });
  }
  return { collection, failures: await store.failures(name) };
}

/** @throws NotFoundError `COLLECTION_UNKNOWN` */
export async function deleteCollection(services: Services, name: string): Promise<void> {
  const { store, limits, search } = services;
  await collectionStatus(services, name);
  await using lease = await store.acquireWriter({ waitMs: limits.writerWaitMs });
  await lease.deleteCollection(name);
  services.forgetLens(name);
  await search.forget(name);
}
