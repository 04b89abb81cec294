/** Brings a search file to the store's generation by the changes since its own, in one transaction. */
import { setImmediate } from 'node:timers/promises';
import type { Working } from '../../../search/shared-work.js';
import { readBundles, readChangeList } from '../changes.js';
import type { Connection } from '../connection.js';
import { type CollectionRow, DOCUMENT_COLUMNS, type DocumentRow, toDocumentRecord } from '../rows.js';
import { fromTextColumn, type TextColumn } from '../text-column.js';
import { compactSigns } from './compact-signs.js';
import { countLinks } from './count-links.js';
import { type RowedDocument, SearchWriter } from './search-writer.js';

/** Passages derived together. */
const BATCH_PASSAGES = 400;

export interface SearchMeta {
  readonly generation: number;
  readonly embedder: TextColumn;
  readonly dimensions: number;
  readonly documents: number;
  readonly passages: number;
  readonly length: number;
  readonly linked: number;
  readonly counted: number;
  readonly drift: number;
  readonly gone: number;
  readonly mean: Uint8Array;
}

export function readMeta(connection: Connection): SearchMeta {
  return connection.get<SearchMeta>('SELECT * FROM search_meta')!;
}

export function meanOf({ mean }: SearchMeta): Float32Array {
  return new Float32Array(mean.slice().buffer);
}

/** Whether the file shows the store's collection as it is; the counts tell a store that was put back to an earlier state. */
export function isCurrent(meta: SearchMeta, row: CollectionRow): boolean {
  return (
    meta.generation === row.generation &&
    fromTextColumn(meta.embedder) === fromTextColumn(row.embedder) &&
    meta.documents === row.documents &&
    meta.passages === row.passages
  );
}

/** The caller holds the write transaction, in which the attached store is read as of one generation. */
export async function updateSearch(connection: Connection, row: CollectionRow, working: Working): Promise<void> {
  const meta = readMeta(connection);
  const sameEmbedder = fromTextColumn(meta.embedder) === fromTextColumn(row.embedder);
  const isKnown = sameEmbedder && meta.generation >= 0 && meta.generation < row.generation;
  const list = readChangeList(connection, row, isKnown ? meta.generation : 0);
  if (list.complete) clear(connection);
  const before = list.complete ? undefined : meta;
  const writer = new SearchWriter(connection, row.dimensions, before === undefined ? undefined : meanOf(before));
  for (const id of list.removed) writer.remove(id);
  writer.flush();
  if (!list.quiet) await putChanged(connection, row, list.complete ? -1 : meta.generation, writer, working);

  const { delta } = writer;
  const documents = (before?.documents ?? 0) + delta.documents;
  const passages = (before?.passages ?? 0) + delta.passages;
  const gone = compactSigns(connection, { gone: (before?.gone ?? 0) + delta.gone, passages });
  const drift = (before?.drift ?? 0) + delta.changed;
  const linked = await countLinks(connection, row.id, { documents, drift, signal: working.signal });
  connection.run(
    `UPDATE search_meta SET generation = ?, embedder = ?, dimensions = ?, documents = ?, passages = ?, length = ?,
       linked = coalesce(?, linked), counted = ?, drift = ?, gone = ?, mean = ?`,
    row.generation,
    row.embedder,
    row.dimensions,
    documents,
    passages,
    (before?.length ?? 0) + delta.length,
    linked ?? null,
    linked === undefined ? (before?.counted ?? 0) : documents,
    linked === undefined ? drift : 0,
    gone,
    new Uint8Array((writer.mean ?? new Float32Array(row.dimensions)).slice().buffer),
  );
}

async function putChanged(
  connection: Connection,
  row: CollectionRow,
  since: number,
  writer: SearchWriter,
  { signal, onProgress }: Working,
): Promise<void> {
  const changed = connection.get<{ n: number }>(
    'SELECT count(*) AS n FROM document WHERE collection = ? AND changed > ?',
    row.id,
    since,
  )!.n;
  let done = 0;
  let batch: RowedDocument[] = [];
  let passages = 0;
  const flush = async (): Promise<void> => {
    writer.put(batch);
    done += batch.length;
    batch = [];
    passages = 0;
    onProgress({ documents: done, of: changed });
    await setImmediate();
    signal.throwIfAborted();
  };
  // In an order that an index gives: rows sorted in memory would grow with the collection.
  const rows = connection.iterate<DocumentRow>(
    since < 0
      ? `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ?1 AND ?2 < 0 ORDER BY d.public_id`
      : `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ? AND d.changed > ? ORDER BY d.changed, d.id`,
    row.id,
    since,
  );
  for (const found of rows) {
    const bundles = readBundles(connection, found);
    const ids = connection.all<{ id: number }>('SELECT id FROM passage WHERE document = ? ORDER BY ordinal', found.id);
    batch.push({
      document: toDocumentRecord(found),
      passages: bundles,
      row: found.id,
      passageRows: ids.map(({ id }) => id),
    });
    passages += bundles.length;
    if (passages >= BATCH_PASSAGES) await flush();
  }
  if (batch.length > 0) await flush();
}

function clear(connection: Connection): void {
  for (const table of ['language', 'document', 'passage', 'alias', 'term', 'signs']) {
    connection.exec(`DELETE FROM search_${table}`);
  }
  // A contentless table gives its rows up one by one only.
  connection.exec("INSERT INTO search_words (search_words) VALUES ('delete-all')");
}
