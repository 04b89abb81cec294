/**
 * Row ids of entity keys, kept in memory for the life of a lease: nobody else can change them meanwhile. New entities get
 * their ids here and are written many at a time, in key order.
 */
import type { Connection } from './connection.js';
import type { CollectionRow } from './rows.js';
import { fromOrderedColumn, toOrderedColumn } from './text-column.js';

const MOST_KEPT = 200_000;

export class EntityIds {
  private readonly connection: Connection;
  private readonly known = new Map<string, number>();
  /** Made, and not written yet. */
  private fresh: { readonly id: number; readonly key: string }[] = [];
  /** Id of the next entity made; 0 when it has to be looked up. */
  private next = 0;
  private collection = -1;
  /** All entities of the collection are known: what is not is new. */
  private complete = false;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** Before the entities of a collection are asked for. `row` is as the transaction found it. */
  enter({ id, entities }: Pick<CollectionRow, 'id' | 'entities'>): void {
    if (id === this.collection) return;
    this.forget();
    this.collection = id;
    this.complete = entities === 0;
  }

  /** Row of the entity with this key in the collection entered, made when there is none; it is written by `flush`. */
  idOf(key: string): { readonly id: number; readonly created: boolean } {
    const known = this.known.get(key);
    if (known !== undefined) return { id: known, created: false };
    if (this.known.size >= MOST_KEPT) this.clear();
    const found = this.complete
      ? undefined
      : this.connection.get<{ id: number }>(
          'SELECT id FROM entity WHERE collection = ? AND key = ?',
          this.collection,
          toOrderedColumn(key),
        );
    const id = found?.id ?? this.make(key);
    this.known.set(key, id);
    return { id, created: found === undefined };
  }

  /** Writes the entities made since the last call: before anything refers to them. */
  flush(): void {
    if (this.fresh.length === 0) return;
    this.fresh.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    this.connection.insertAll(
      'INSERT INTO entity (id, collection, key)',
      this.fresh.map(({ id, key }) => [id, this.collection, toOrderedColumn(key)]),
    );
    this.fresh = [];
  }

  /** Deletes the entity, which is written, unless some passage mentions it; returns how many were deleted. */
  removeUnmentioned(id: number): number {
    const gone = this.connection.get<{ key: Uint8Array }>(
      'DELETE FROM entity WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM mention WHERE entity = ?1) RETURNING key',
      id,
    );
    if (gone === undefined) return 0;
    this.known.delete(fromOrderedColumn(gone.key));
    return 1;
  }

  /** After a rollback, or when a collection goes. */
  forget(): void {
    this.known.clear();
    this.fresh = [];
    this.next = 0;
    this.collection = -1;
    this.complete = false;
  }

  private make(key: string): number {
    if (this.next === 0)
      this.next = (this.connection.get<{ last: number | null }>('SELECT max(id) AS last FROM entity')?.last ?? 0) + 1;
    this.fresh.push({ id: this.next, key });
    return this.next++;
  }

  private clear(): void {
    this.flush();
    this.known.clear();
    this.complete = false;
  }
}
