/** Making and deleting collections, within a transaction. */
import { collectionExists } from '../refusals.js';
import type { Connection } from './connection.js';
import type { CollectionRow } from './rows.js';
import type { EmbedderStamp } from './staged-vectors.js';
import { toOrderedColumn, toTextColumn } from './text-column.js';

/** Removals remembered for readers of older generations; beyond it they load everything anew. */
const MOST_REMOVALS = 50_000;

/** Tables of a collection's content, children before parents. */
const DELETE_COLLECTION = [
  'DELETE FROM mention WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
  'DELETE FROM relation_key WHERE collection = ?',
  'DELETE FROM contribution WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
  'DELETE FROM vector WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
  'DELETE FROM staged_vector WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
  'DELETE FROM passage WHERE collection = ?',
  'DELETE FROM document_text WHERE document IN (SELECT id FROM document WHERE collection = ?)',
  'DELETE FROM document WHERE collection = ?',
  'DELETE FROM entity WHERE collection = ?',
  'DELETE FROM source WHERE collection = ?',
  'DELETE FROM claim WHERE collection = ?',
  'DELETE FROM failure WHERE collection = ?',
  'DELETE FROM removal WHERE collection = ?',
  'DELETE FROM collection WHERE id = ?',
];

/** Throws UsageError `COLLECTION_EXISTS`. */
export function insertCollection(connection: Connection, name: string, embedder: EmbedderStamp): void {
  const column = toOrderedColumn(name);
  if (connection.get('SELECT 1 FROM collection WHERE name = ?', column) !== undefined) throw collectionExists(name);
  const retired = connection.get<{ generation: number }>('SELECT generation FROM retired WHERE name = ?', column);
  // Above every generation the name has had, so that no reader takes the new collection for the deleted one.
  const first = retired === undefined ? 0 : retired.generation + 1;
  connection.run(
    'INSERT INTO collection (name, embedder, dimensions, generation, log_start) VALUES (?, ?, ?, ?, ?)',
    column,
    toTextColumn(embedder.id),
    embedder.dimensions,
    first,
    first,
  );
}

export function deleteCollection(connection: Connection, { id, name, generation }: CollectionRow): void {
  connection.run('INSERT OR REPLACE INTO retired (name, generation) VALUES (?, ?)', name, generation);
  for (const sql of DELETE_COLLECTION) connection.run(sql, id);
}

/** Keeps the list of removed documents bounded, at the price that old readers load everything anew. */
export function trimRemovals(connection: Connection, collection: number, most = MOST_REMOVALS): void {
  const count = connection.get<{ n: number }>('SELECT count(*) AS n FROM removal WHERE collection = ?', collection);
  if (count === undefined || count.n <= most) return;
  connection.run(
    'UPDATE collection SET log_start = (SELECT max(generation) FROM removal WHERE collection = ?1) WHERE id = ?1',
    collection,
  );
  connection.run('DELETE FROM removal WHERE collection = ?', collection);
}
