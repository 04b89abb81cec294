/** A collection as the lines of an export, read from one snapshot; at most one document with its passages in memory. */
import {
  collectionLine,
  documentLine,
  endLine,
  entityLine,
  failureLine,
  headerLine,
  passageLine,
  sourceLine,
} from '../transfer/export-lines.js';
import { readBundles } from './changes.js';
import type { Connection } from './connection.js';
import { entitiesFrom } from './graph-queries.js';
import { readMentionsOfDocument } from './mention-queries.js';
import { readFailures } from './queries.js';
import {
  type CollectionRow,
  DOCUMENT_COLUMNS,
  type DocumentRow,
  type SourceRow,
  toCollectionInfo,
  toDocumentRecord,
  toSourceRecord,
} from './rows.js';
import { fromTextColumn, type TextColumn } from './text-column.js';

export function* exportCollection(connection: Connection, collection: CollectionRow): Generator<string> {
  const info = toCollectionInfo(collection);
  const failures = readFailures(connection, collection.id);
  const times = connection.all<{ readonly ingested_at: TextColumn }>(
    'SELECT ingested_at FROM document WHERE collection = ? ORDER BY public_id',
    collection.id,
  );
  yield headerLine({
    generation: collection.generation,
    ingestedAt: times.map((row) => fromTextColumn(row.ingested_at)),
    failedAt: failures.map(({ failedAt }) => failedAt),
  });
  yield collectionLine(info);
  yield* documentLines(connection, collection.id);
  const sources = connection.iterate<SourceRow>(
    'SELECT uri, content_hash FROM source WHERE collection = ? ORDER BY uri',
    collection.id,
  );
  for (const row of sources) yield sourceLine(toSourceRecord(row));
  yield* failures.map(failureLine);
  for (const entity of entitiesFrom(connection, collection.id, undefined, '')) yield entityLine(entity);
  yield endLine(info.counts);
}

function* documentLines(connection: Connection, collection: number): Generator<string> {
  const rows = connection.iterate<DocumentRow & { readonly text: TextColumn }>(
    `SELECT ${DOCUMENT_COLUMNS}, t.text FROM document d JOIN document_text t ON t.document = d.id
     WHERE d.collection = ? ORDER BY d.public_id`,
    collection,
  );
  for (const row of rows) {
    yield documentLine(toDocumentRecord(row), fromTextColumn(row.text));
    const mentions = readMentionsOfDocument(connection, row.id);
    for (const bundle of readBundles(connection, row)) yield passageLine(bundle, mentions.get(bundle.passage.id) ?? []);
  }
}
