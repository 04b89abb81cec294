/**
 * Filters of ask and search, the same for CLI, HTTP and library. They become a mask over the index's passages before
 * scoring and propagation, so that nothing outside them is read, cited or walked through.
 */
import type { DocumentRecord, MetadataValue } from '../graph-schema/index.js';
import { NotFoundError } from '../src/errors.js';
import type { RetrievalIndex } from '../src/index/retrieval-index.js';
import type { GraphStore } from '../src/ports/index.js';
import { checkFilter } from './check-filter.js';
import { compareDates, compareToBound } from './compare-bounds.js';
import type { Filter } from './types.js';

type Condition = NonNullable<Filter['metadata']>[string];
type Range = Extract<Condition, object>;

/** True when no condition is given, so that every enabled document passes. */
export function isEmptyFilter(filter: Filter | undefined): boolean {
  return (
    filter === undefined ||
    (filter.documents === undefined &&
      (filter.tags ?? []).length === 0 &&
      Object.keys(filter.metadata ?? {}).length === 0 &&
      filter.dateFrom === undefined &&
      filter.dateTo === undefined)
  );
}

function matchesRange(value: string | number | boolean, range: Range): boolean {
  const low = range.gte === undefined ? 0 : compareToBound(value, range.gte);
  const high = range.lte === undefined ? 0 : compareToBound(value, range.lte);
  return low !== undefined && high !== undefined && low >= 0 && high <= 0;
}

/** Equality is of the written form: 1990 equals "1990", since CSV and front matter do not agree on types. */
function matchesCondition(stored: MetadataValue | undefined, condition: Condition): boolean {
  if (stored === undefined) return false;
  const values = typeof stored === 'object' ? stored : [stored];
  return values.some((value) =>
    typeof condition === 'object' ? matchesRange(value, condition) : String(value) === String(condition),
  );
}

/** True when the document meets every condition of the filter; `enabled` is not a condition of the filter. */
export function matchesFilter(document: DocumentRecord, filter: Filter): boolean {
  const { documents, tags = [], metadata = {}, dateFrom, dateTo } = filter;
  if (documents !== undefined && !documents.includes(document.id) && !documents.includes(document.uri)) return false;
  if (!tags.every((tag) => document.tags.includes(tag))) return false;
  for (const [key, condition] of Object.entries(metadata)) {
    const stored = Object.hasOwn(document.metadata, key) ? document.metadata[key] : undefined;
    if (!matchesCondition(stored, condition)) return false;
  }
  if (dateFrom === undefined && dateTo === undefined) return true;
  if (document.date === undefined) return false;
  if (dateFrom !== undefined && compareDates(document.date, dateFrom) < 0) return false;
  return dateTo === undefined || compareDates(document.date, dateTo) <= 0;
}

/** One generation's records, read once: filters look at every document of the collection. */
const records = new WeakMap<RetrievalIndex, Promise<readonly DocumentRecord[]>>();

async function readRecords(store: GraphStore, collection: string): Promise<readonly DocumentRecord[]> {
  const all: DocumentRecord[] = [];
  let after: string | undefined;
  do {
    const page = await store.documents(collection, { limit: 1000, ...(after === undefined ? {} : { after }) });
    for (const item of page.items) all.push(item.document);
    after = page.next;
  } while (after !== undefined);
  return all;
}

function recordsOf(store: GraphStore, index: RetrievalIndex, collection: string): Promise<readonly DocumentRecord[]> {
  let found = records.get(index);
  if (found === undefined) {
    found = readRecords(store, collection);
    records.set(index, found);
    found.catch(() => records.delete(index));
  }
  return found;
}

/** For a document that a filter names and the collection does not hold. */
export function unknownDocument(collection: string, wanted: string): NotFoundError {
  return new NotFoundError(
    'DOCUMENT_NOT_FOUND',
    `The filter names a document that collection "${collection}" does not hold: ${wanted}`,
    {
      place: { field: 'filter.documents' },
      remedy: 'List the documents with `hopwise documents` and pass an id or uri as shown there.',
    },
  );
}

/**
 * Mask over the index's passages, 1 = in; undefined when everything is in. Disabled documents are always out.
 * @throws UsageError as `checkFilter` does
 * @throws NotFoundError when the filter names a document that the collection does not hold: a mistyped id must not look
 *   like "the documents do not answer"
 */
export async function allowedPassages(
  store: GraphStore,
  index: RetrievalIndex,
  collection: string,
  filter: Filter | undefined,
): Promise<Uint8Array | undefined> {
  if (filter !== undefined) checkFilter(filter);
  const empty = isEmptyFilter(filter);
  if (empty && !index.enabled.includes(0)) return undefined;
  const allowed = new Uint8Array(index.passageCount);
  const allow = (d: number): void => {
    if (d >= 0 && index.enabled[d] === 1) allowed.fill(1, index.passageStart[d]!, index.passageStart[d + 1]!);
  };
  if (empty || filter === undefined) {
    for (let d = 0; d < index.documentCount; d++) allow(d);
    return allowed;
  }
  const all = await recordsOf(store, index, collection);
  for (const wanted of filter.documents ?? []) {
    if (!all.some((record) => record.id === wanted || record.uri === wanted)) {
      throw unknownDocument(collection, wanted);
    }
  }
  for (const record of all) if (matchesFilter(record, filter)) allow(index.documentNumber(record.id));
  return allowed;
}
