/**
 * Finds relations by their ends. A relation lies in its passage's contribution; here is one row for each key that a
 * passage's relations have at an end, with the greatest confidence among them: a fifth of the rows that one for each
 * end of each relation would be, written in key order so that neighbours in the tree are written together.
 */
import type { Relation } from '../../../graph-schema/index.js';
import { decodeRelations } from '../codec/contribution-codec.js';
import type { Connection } from './connection.js';
import { toOrderedColumn } from './text-column.js';

export class RelationWriter {
  private readonly connection: Connection;
  private readonly collection: number;
  /** Keys of passages not written yet, by passage row. */
  private readonly pending = new Map<number, ReadonlyMap<string, number>>();
  private delta = 0;

  constructor(connection: Connection, collection: number) {
    this.connection = connection;
    this.collection = collection;
  }

  add(passage: number, relations: readonly Relation[]): void {
    if (relations.length === 0) return;
    this.delta += relations.length;
    this.pending.set(passage, strongestByKey(relations));
  }

  /** `contribution` is the passage's stored contribution. */
  remove(passage: number, contribution: string): void {
    const relations = decodeRelations(contribution);
    this.delta -= relations.length;
    if (this.pending.delete(passage)) return;
    for (const [key, confidence] of strongestByKey(relations)) {
      this.connection.run(
        'DELETE FROM relation_key WHERE collection = ? AND key = ? AND confidence = ? AND passage = ?',
        this.collection,
        toOrderedColumn(key),
        confidence,
        passage,
      );
    }
  }

  /** Writes what is pending; tells by how much the collection's number of relations changes. */
  finish(): number {
    const rows = [...this.pending].flatMap(([passage, keys]) =>
      [...keys].map(([key, confidence]) => ({ key, confidence, passage })),
    );
    rows.sort((a, b) =>
      a.key < b.key ? -1 : a.key > b.key ? 1 : b.confidence - a.confidence || a.passage - b.passage,
    );
    let last = '';
    let column = toOrderedColumn(last);
    this.connection.insertAll(
      'INSERT INTO relation_key (collection, key, confidence, passage)',
      rows.map(({ key, confidence, passage }) => {
        if (key !== last) {
          last = key;
          column = toOrderedColumn(key);
        }
        return [this.collection, column, confidence, passage];
      }),
    );
    this.pending.clear();
    return this.delta;
  }
}

function strongestByKey(relations: readonly Relation[]): Map<string, number> {
  const strongest = new Map<string, number>();
  for (const { subject, object, confidence } of relations) {
    for (const { key } of [subject, object]) {
      const known = strongest.get(key);
      if (known === undefined || known < confidence) strongest.set(key, confidence);
    }
  }
  return strongest;
}
