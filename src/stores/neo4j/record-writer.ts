/** Records beside the graph: those of documents that stay, failures, sources and removals. */
import type { WriteBatch } from '../../ports/index.js';
import { unknownDocument } from '../refusals.js';
import { type NewContent, recordProperties } from './batch-content.js';
import { indexedText, indexedValue } from './indexed-text.js';
import { failureJson } from './rows.js';
import type { Run } from './statement.js';
import * as statements from './statements/write-statements.js';
import type { StoredContent } from './stored-content.js';
import { int } from './values.js';

/** Uris whose failures go: those resolved, put or replaced. Of each the last given failure stays. */
export function clearedUris(batch: WriteBatch): string[] {
  const { put, records = [], resolved = [], failures = [] } = batch;
  const uris = [
    ...put.map(({ document }) => document.uri),
    ...records.map(({ uri }) => uri),
    ...resolved,
    ...failures.map(({ uri }) => uri),
  ];
  return [...new Set(uris)].sort();
}

/** @throws UsageError `UNKNOWN_DOCUMENT` */
export async function writeRecords(
  run: Run,
  collection: { readonly name: string; readonly generation: number },
  batch: WriteBatch,
  content: NewContent,
  stored: StoredContent,
  cleared: readonly string[],
): Promise<void> {
  const { name, generation } = collection;
  const put = new Set(content.documents.map(({ id }) => id));
  const removed = stored.documents.filter((id) => !put.has(id));
  const failures = new Map((batch.failures ?? []).map((failure) => [failure.uri, failure]));
  const sources = new Map((batch.sources ?? []).map((source) => [source.uri, source]));
  const refolded = [...new Set(stored.refolded.map(({ document }) => document))].sort();
  const each = (list: readonly unknown[], statement: string, parameters: Record<string, unknown>) =>
    list.length === 0 ? undefined : run(statement, { collection: name, ...parameters });
  await Promise.all([
    putRecords(run, collection, batch.records ?? []),
    each(removed, statements.CREATE_REMOVALS, { ids: removed, generation: int(generation) }),
    each([...put], statements.DELETE_REMOVALS, { ids: [...put] }),
    each(refolded, statements.MARK_REFOLDED, { ids: refolded, generation: int(generation) }),
    stored.failures === 0 ? undefined : each(cleared, statements.DELETE_FAILURES, { uris: cleared.map(indexedValue) }),
    each([...failures], statements.CREATE_FAILURES, {
      rows: [...failures.values()].map((failure) => ({
        ...uriProperties(name, failure.uri),
        record: failureJson(failure),
        failedAt: failure.failedAt,
      })),
    }),
    each(batch.removeSources ?? [], statements.DELETE_SOURCES, { uris: (batch.removeSources ?? []).map(indexedValue) }),
    each([...sources], statements.PUT_SOURCES, {
      rows: [...sources.values()].map(({ uri, contentHash }) => ({ ...uriProperties(name, uri), contentHash })),
    }),
  ]);
}

async function putRecords(
  run: Run,
  collection: { readonly name: string; readonly generation: number },
  records: NonNullable<WriteBatch['records']>,
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map((document) => ({ id: document.id, changes: recordProperties(collection, document) }));
  const found = await run<{ readonly id: string }>(statements.PUT_RECORDS, { collection: collection.name, rows });
  const known = new Set(found.map(({ id }) => id));
  const missing = records.find(({ id }) => !known.has(id));
  if (missing !== undefined) throw unknownDocument(missing.id, missing.uri);
}

function uriProperties(collection: string, uri: string): Record<string, unknown> {
  const { value, order, full, fullOrder, long } = indexedText(uri);
  return { collection, key: value, order, full, fullOrder, long };
}
