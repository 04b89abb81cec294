/** A filter as the scope of a view. */
import type { GraphStore, SearchScope } from '../../src/ports/index.js';
import { checkFilter } from '../check-filter.js';
import { isEmptyFilter, matchesFilter, unknownDocument } from '../filter.js';
import type { Filter } from '../types.js';

/**
 * Undefined for a filter without conditions.
 * @throws UsageError for a date that is none; NotFoundError when the filter names a document that there is not
 */
export async function scopeOf(
  store: Pick<GraphStore, 'documentRecords' | 'documentByUri'>,
  collection: string,
  filter: Filter | undefined,
): Promise<SearchScope | undefined> {
  if (filter === undefined) return undefined;
  checkFilter(filter);
  if (isEmptyFilter(filter)) return undefined;
  for (const wanted of filter.documents ?? []) {
    const [byId] = await store.documentRecords(collection, [wanted]);
    if (byId === undefined && (await store.documentByUri(collection, wanted)) === undefined) {
      throw unknownDocument(collection, wanted);
    }
  }
  return { key: JSON.stringify(filter), accepts: (document) => matchesFilter(document, filter) };
}
