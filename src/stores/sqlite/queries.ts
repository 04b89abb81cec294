/** Reads of a collection's documents and passages. Each takes a connection that is inside a read transaction. */
import type { DocumentRecord, PassageRecord } from '../../../graph-schema/index.js';
import type {
  CollectionInfo,
  DocumentSummary,
  Failure,
  Page,
  PageRequest,
  SourceRecord,
  StoredSource,
  UnstagedPassage,
} from '../../ports/index.js';
import { decodeContribution } from '../codec/contribution-codec.js';
import { checkedLimit, pageOf } from '../page.js';
import { collectionUnknown } from '../refusals.js';
import type { DocumentContent } from '../transfer/canonical-document.js';
import type { Connection, SqlValue } from './connection.js';
import {
  type CollectionRow,
  DOCUMENT_COLUMNS,
  type DocumentRow,
  type FailureRow,
  PASSAGE_COLUMNS,
  type PassageRow,
  type SourceRow,
  toCollectionInfo,
  toDocumentRecord,
  toDocumentSummary,
  toFailure,
  toPassageRecord,
  toSourceRecord,
} from './rows.js';
import { fromOrderedColumn, fromTextColumn, type TextColumn, toOrderedColumn, toTextColumn } from './text-column.js';

export function collectionRow(connection: Connection, name: string): CollectionRow | undefined {
  return connection.get<CollectionRow>('SELECT * FROM collection WHERE name = ?', toOrderedColumn(name));
}

export function requireCollection(connection: Connection, name: string): CollectionRow {
  const row = collectionRow(connection, name);
  if (row !== undefined) return row;
  throw collectionUnknown(name);
}

export function readCollections(connection: Connection): CollectionInfo[] {
  return connection.all<CollectionRow>('SELECT * FROM collection ORDER BY name').map(toCollectionInfo);
}

export function readDocument(
  connection: Connection,
  collection: number,
  id: string,
): (DocumentSummary & { readonly text: string }) | undefined {
  const row = connection.get<DocumentRow & { readonly text: TextColumn }>(
    `SELECT ${DOCUMENT_COLUMNS}, t.text FROM document d JOIN document_text t ON t.document = d.id
     WHERE d.collection = ? AND d.public_id = ?`,
    collection,
    id,
  );
  return row === undefined ? undefined : { ...toDocumentSummary(row), text: fromTextColumn(row.text) };
}

export function readDocuments(connection: Connection, collection: number, request: PageRequest): Page<DocumentSummary> {
  const limit = checkedLimit(request.limit);
  const rows = connection.all<DocumentRow>(
    `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ? AND d.uri > ? ORDER BY d.uri LIMIT ?`,
    collection,
    startAfter(request.after),
    limit + 1,
  );
  return pageOf(rows, limit, toDocumentSummary, (row) => fromOrderedColumn(row.uri));
}

export function readDocumentByUri(connection: Connection, collection: number, uri: string): DocumentRecord | undefined {
  const row = connection.get<DocumentRow>(
    `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ? AND d.uri = ?`,
    collection,
    toOrderedColumn(uri),
  );
  return row === undefined ? undefined : toDocumentRecord(row);
}

export function readPassagesOf(connection: Connection, collection: number, documentId: string): PassageRecord[] {
  const rows = connection.all<PassageRow>(
    `SELECT ${PASSAGE_COLUMNS} FROM document d JOIN passage p ON p.document = d.id
     WHERE d.collection = ? AND d.public_id = ? ORDER BY p.ordinal`,
    collection,
    documentId,
  );
  return rows.map((row) => toPassageRecord(row, documentId));
}

export function readPassages(connection: Connection, collection: number, ids: readonly string[]): PassageRecord[] {
  return ids.flatMap((id) => {
    const row = connection.get<PassageRow & { readonly document_id: string }>(
      `SELECT ${PASSAGE_COLUMNS}, d.public_id AS document_id FROM passage p JOIN document d ON d.id = p.document
       WHERE p.collection = ? AND p.public_id = ?`,
      collection,
      id,
    );
    return row === undefined ? [] : [toPassageRecord(row, row.document_id)];
  });
}

export function readFailures(connection: Connection, collection: number): Failure[] {
  return connection
    .all<FailureRow>('SELECT uri, record, failed_at FROM failure WHERE collection = ? ORDER BY uri', collection)
    .map(toFailure);
}

export function readDocumentRecords(
  connection: Connection,
  collection: number,
  ids: readonly string[],
): DocumentRecord[] {
  return ids.flatMap((id) => {
    const row = connection.get<DocumentRow>(
      `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ? AND d.public_id = ?`,
      collection,
      id,
    );
    return row === undefined ? [] : [toDocumentRecord(row)];
  });
}

export function readDocumentsOfSource(connection: Connection, collection: number, uri: string): DocumentRecord[] {
  return connection
    .all<DocumentRow>(
      `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ?1 AND d.source = ?2
       UNION ALL
       SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ?1 AND d.uri = ?2 AND d.source IS NULL
       ORDER BY 3`,
      collection,
      toOrderedColumn(uri),
    )
    .map(toDocumentRecord);
}

export function readSource(connection: Connection, collection: number, uri: string): SourceRecord | undefined {
  const row = connection.get<SourceRow>(
    'SELECT uri, content_hash FROM source WHERE collection = ? AND uri = ?',
    collection,
    toOrderedColumn(uri),
  );
  return row === undefined ? undefined : toSourceRecord(row);
}

export function readStoredSources(connection: Connection, collection: number, uris: readonly string[]): StoredSource[] {
  return uris.map((uri) => {
    const record = readSource(connection, collection, uri);
    return {
      uri,
      ...(record === undefined ? {} : { record }),
      documents: readDocumentsOfSource(connection, collection, uri),
    };
  });
}

export function readSources(connection: Connection, collection: number, request: PageRequest): Page<SourceRecord> {
  const limit = checkedLimit(request.limit);
  const rows = connection.all<SourceRow>(
    'SELECT uri, content_hash FROM source WHERE collection = ? AND uri > ? ORDER BY uri LIMIT ?',
    collection,
    startAfter(request.after),
    limit + 1,
  );
  return pageOf(rows, limit, toSourceRecord, (row) => fromOrderedColumn(row.uri));
}

export function readUnstaged(
  connection: Connection,
  collection: number,
  embedderId: string,
  limit: number,
): UnstagedPassage[] {
  return connection
    .all<PassageRow & { readonly document_id: string; readonly record: string; readonly contribution: string }>(
      `SELECT ${PASSAGE_COLUMNS}, d.public_id AS document_id, d.record, c.data AS contribution
       FROM passage p JOIN document d ON d.id = p.document JOIN contribution c ON c.passage = p.id
       WHERE p.collection = ? AND NOT EXISTS (SELECT 1 FROM staged_vector s WHERE s.passage = p.id AND s.embedder = ?)
       ORDER BY p.public_id LIMIT ?`,
      collection,
      toTextColumn(embedderId),
      checkedLimit(limit),
    )
    .map((row) => ({
      title: (JSON.parse(row.record) as DocumentContent).title,
      passage: toPassageRecord(row, row.document_id),
      sentences: decodeContribution(row.public_id, row.contribution).sentences,
    }));
}

/** Exclusive lower bound of a BLOB column: without one, a TEXT, which SQLite sorts before every BLOB. */
function startAfter(after: string | undefined): SqlValue {
  return after === undefined ? '' : toOrderedColumn(after);
}
