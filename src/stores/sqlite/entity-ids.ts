/** Row ids of entity keys, kept in memory for the life of a lease: nobody else can change them meanwhile. */
import type { Connection } from './connection.js';
import { toOrderedColumn } from './text-column.js';

const MOST_KEPT = 200_000;

export class EntityIds {
  private readonly connection: Connection;
  private readonly known = new Map<string, number>();
  private collection = -1;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Row of the entity with this key, made when there is none. */
  idOf(collection: number, key: string): { readonly id: number; readonly created: boolean } {
    if (collection !== this.collection || this.known.size > MOST_KEPT) this.forget(collection);
    const known = this.known.get(key);
    if (known !== undefined) return { id: known, created: false };
    const column = toOrderedColumn(key);
    const found = this.connection.get<{ id: number }>(
      'SELECT id FROM entity WHERE collection = ? AND key = ?',
      collection,
      column,
    );
    const id =
      found?.id ?? this.connection.run('INSERT INTO entity (collection, key) VALUES (?, ?)', collection, column).rowId;
    this.known.set(key, id);
    return { id, created: found === undefined };
  }

  /** Deletes the entity unless some passage mentions it; returns how many were deleted. */
  removeUnmentioned(id: number): number {
    const { changes } = this.connection.run(
      'DELETE FROM entity WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM mention WHERE entity = ?1)',
      id,
    );
    if (changes > 0) this.forget(this.collection);
    return changes;
  }

  /** After a rollback, or when another collection is written. */
  forget(collection = -1): void {
    this.known.clear();
    this.collection = collection;
  }
}
