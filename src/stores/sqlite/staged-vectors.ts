/** Vectors of another embedder, kept beside those in use until there is one for every passage. */
import type { CollectionInfo, QuantisedVectors } from '../../ports/index.js';
import { encodeVectors } from '../codec/vector-codec.js';
import { vectorsMissing } from '../refusals.js';
import type { Connection } from './connection.js';
import type { CollectionRow } from './rows.js';
import { toTextColumn } from './text-column.js';

export type EmbedderStamp = CollectionInfo['embedder'];

export function stageVectors(
  connection: Connection,
  embedder: EmbedderStamp,
  vectors: Iterable<readonly [passage: number, vectors: QuantisedVectors]>,
): void {
  for (const [passage, rows] of vectors) {
    connection.run(
      'INSERT OR REPLACE INTO staged_vector (passage, embedder, data) VALUES (?, ?, ?)',
      passage,
      toTextColumn(embedder.id),
      encodeVectors(rows, embedder.dimensions),
    );
  }
}

/**
 * Puts the staged vectors of the embedder in place of the collection's, stamps it, and marks every document as changed.
 * Throws StoreError `VECTORS_MISSING` when a passage has none.
 */
export function switchEmbedder(connection: Connection, collection: CollectionRow, embedder: EmbedderStamp): void {
  const { changes } = connection.run(
    `INSERT OR REPLACE INTO vector
     SELECT s.passage, s.data FROM passage p JOIN staged_vector s ON s.passage = p.id
     WHERE p.collection = ? AND s.embedder = ?`,
    collection.id,
    toTextColumn(embedder.id),
  );
  if (changes !== collection.passages) throw vectorsMissing(changes, collection.passages, embedder.id);
  connection.run(
    'DELETE FROM staged_vector WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
    collection.id,
  );
  connection.run('UPDATE document SET changed = ? WHERE collection = ?', collection.generation + 1, collection.id);
  connection.run(
    'UPDATE collection SET embedder = ?, dimensions = ? WHERE id = ?',
    toTextColumn(embedder.id),
    embedder.dimensions,
    collection.id,
  );
}
