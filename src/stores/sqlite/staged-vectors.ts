/** Vectors of another embedder, kept beside those in use until there is one for every passage. */
import { StoreError } from '../../errors.js';
import type { CollectionInfo, QuantisedVectors } from '../../ports/index.js';
import type { Connection } from './connection.js';
import type { CollectionRow } from './rows.js';
import { toTextColumn } from './text-column.js';
import { encodeVectors } from './vector-codec.js';

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
  if (changes !== collection.passages)
    throw new StoreError(
      'VECTORS_MISSING',
      `${changes} of ${collection.passages} passages have vectors of ${embedder.id}`,
      { remedy: 'Stage vectors for all passages before the switch: run `hopwise reembed` again.' },
    );
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
