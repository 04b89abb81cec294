/** What changed since a generation, as one consistent snapshot. */
import type { DocumentStamp, PassageBundle, PassageMentions, StoredDocument } from '../../ports/index.js';
import { decodeContribution } from '../codec/contribution-codec.js';
import { decodeVectors } from '../codec/vector-codec.js';
import type { Connection } from './connection.js';
import { readMentionsOfDocument } from './mention-queries.js';
import {
  type CollectionRow,
  DOCUMENT_COLUMNS,
  type DocumentRow,
  PASSAGE_COLUMNS,
  type PassageRow,
  toDocumentRecord,
  toPassageRecord,
} from './rows.js';

export type DocumentWithoutText = Omit<StoredDocument, 'text'>;

export interface ChangeList {
  readonly removed: readonly string[];
  readonly complete: boolean;
  /** Nothing was put: the stream would be empty. */
  readonly quiet: boolean;
}

/** The list of changes without the documents themselves. */
export function readChangeList(connection: Connection, collection: CollectionRow, since: number): ChangeList {
  const complete = since <= 0 || since < collection.log_start || since > collection.generation;
  if (complete) return { removed: [], complete, quiet: collection.documents === 0 };
  if (since === collection.generation) return { removed: [], complete, quiet: true };
  const removed = connection.all<{ readonly document: string }>(
    'SELECT document FROM removal WHERE collection = ? AND generation > ? ORDER BY document',
    collection.id,
    since,
  );
  const put = connection.get(
    'SELECT 1 FROM document WHERE collection = ? AND changed > ? LIMIT 1',
    collection.id,
    since,
  );
  return { removed: removed.map(({ document }) => document), complete, quiet: put === undefined };
}

/** Documents changed after `since` in id order; every one when `since` is -1. */
export function* readChanged(
  connection: Connection,
  collection: number,
  since: number,
): Generator<DocumentWithoutText> {
  const rows = connection.iterate<DocumentRow>(
    since < 0
      ? `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ?1 AND ?2 < 0 ORDER BY d.public_id`
      : `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ? AND d.changed > ? ORDER BY d.public_id`,
    collection,
    since,
  );
  for (const row of rows) yield { document: toDocumentRecord(row), passages: readBundles(connection, row) };
}

export function readStamps(connection: Connection, collection: number, since: number): DocumentStamp[] {
  return connection
    .all<DocumentStamp>(
      `SELECT public_id AS id, changed AS generation, characters FROM document
       WHERE collection = ? AND changed > ? ORDER BY public_id`,
      collection,
      since,
    )
    .map(({ id, generation, characters }) => ({ id, generation, characters }));
}

/** Mentions of all passages of documents changed or folded anew after `since`. */
export function* readMentionsSince(
  connection: Connection,
  collection: number,
  since: number,
): Generator<PassageMentions> {
  const documents = connection.iterate<{ readonly id: number; readonly public_id: string }>(
    `SELECT id, public_id FROM document WHERE collection = ?1 AND changed > ?2
     UNION SELECT id, public_id FROM document WHERE collection = ?1 AND folded > ?2 AND folded > 0 ORDER BY public_id`,
    collection,
    since,
  );
  for (const { id, public_id: documentId } of documents) {
    const mentions = readMentionsOfDocument(connection, id);
    const passages = connection.all<{ readonly public_id: string }>(
      'SELECT public_id FROM passage WHERE document = ? ORDER BY ordinal',
      id,
    );
    for (const { public_id: passageId } of passages)
      yield { documentId, passageId, mentions: mentions.get(passageId) ?? [] };
  }
}

interface BundleRow extends PassageRow {
  readonly contribution: string;
  readonly vectors: Uint8Array;
}

/** A document's passages with contribution and vectors, in order. */
export function readBundles(connection: Connection, document: DocumentRow): PassageBundle[] {
  return connection
    .all<BundleRow>(
      `SELECT ${PASSAGE_COLUMNS}, c.data AS contribution, v.data AS vectors
       FROM passage p JOIN contribution c ON c.passage = p.id JOIN vector v ON v.passage = p.id
       WHERE p.document = ? ORDER BY p.ordinal`,
      document.id,
    )
    .map((row) => ({
      passage: toPassageRecord(row, document.public_id),
      contribution: decodeContribution(row.public_id, row.contribution),
      vectors: decodeVectors(row.vectors),
    }));
}

export function emptyStream<T>(): AsyncIterable<T> {
  return {
    async *[Symbol.asyncIterator]() {},
  };
}
