/** A collection as the lines of an export, read from one snapshot; at most one document with its passages in memory. */

import type { SourceRecord } from '../../ports/index.js';
import { documentLine, exportLines, passageLine } from '../transfer/export-lines.js';
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
  const times = connection.all<{ readonly ingested_at: TextColumn }>(
    'SELECT ingested_at FROM document WHERE collection = ? ORDER BY public_id',
    collection.id,
  );
  yield* exportLines({
    info: toCollectionInfo(collection),
    ingestedAt: times.map((row) => fromTextColumn(row.ingested_at)),
    failures: readFailures(connection, collection.id),
    documents: documentLines(connection, collection.id),
    sources: sourcesOf(connection, collection.id),
    entities: entitiesFrom(connection, collection.id, undefined, ''),
  });
}

function* sourcesOf(connection: Connection, collection: number): Generator<SourceRecord> {
  const rows = connection.iterate<SourceRow>(
    'SELECT uri, content_hash FROM source WHERE collection = ? ORDER BY uri',
    collection,
  );
  for (const row of rows) yield toSourceRecord(row);
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
