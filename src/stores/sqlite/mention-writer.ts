/**
 * Writes folded mentions, makes entities as they are first mentioned and forgets them with their last mention. Of a
 * passage folded anew only what changed is written: most often one name of a dozen.
 */
import type { Mention } from '../../../graph-schema/index.js';
import { duplicateMention } from '../refusals.js';
import type { Connection } from './connection.js';
import type { EntityIds } from './entity-ids.js';
import { type CollectionRow, codeOfType } from './rows.js';
import { fromTextColumn, type TextColumn, toTextColumn } from './text-column.js';

const INSERT = 'INSERT INTO mention (passage, entity, document, count, type, about, surface, spans)';
type Row = readonly [
  passage: number,
  entity: number,
  document: number,
  count: number,
  type: number,
  about: 0 | 1,
  surface: TextColumn,
  spans: string,
];

interface StoredRow {
  readonly entity: number;
  readonly count: number;
  readonly type: number;
  readonly about: number;
  readonly surface: TextColumn;
  readonly spans: string;
}

/** Rows of a passage and of its document. */
export interface PassageKey {
  readonly id: number;
  readonly document: number;
  /** Put by this write: it has no mentions stored. */
  readonly fresh: boolean;
}

export class MentionWriter {
  private readonly connection: Connection;
  private readonly ids: EntityIds;
  /** Mentions not written yet, by passage row. */
  private readonly pending = new Map<number, readonly Row[]>();
  /** Entities that lost a mention and may have none left. */
  private readonly touched = new Set<number>();
  private mentions = 0;
  private entities = 0;

  constructor(connection: Connection, collection: CollectionRow, ids: EntityIds) {
    this.connection = connection;
    this.ids = ids;
    ids.enter(collection);
  }

  /** Replaces the mentions of the passage with this row. */
  replace({ id, document, fresh }: PassageKey, passageId: string, mentions: readonly Mention[]): void {
    this.forgetPending(id);
    const keys = new Set(mentions.map(({ key }) => key));
    if (keys.size !== mentions.length) throw duplicateMention(passageId);
    let rows = mentions.map((mention) => this.row(id, document, mention));
    if (!fresh) rows = this.changed(id, rows);
    if (rows.length === 0) return;
    // In the order of their key in the table.
    this.pending.set(
      id,
      rows.sort((a, b) => a[1] - b[1]),
    );
  }

  remove(passage: number): void {
    this.forgetPending(passage);
    const rows = this.connection.all<{ entity: number; count: number }>(
      'SELECT entity, count FROM mention WHERE passage = ?',
      passage,
    );
    for (const { entity, count } of rows) this.forget(entity, count);
    if (rows.length > 0) this.connection.run('DELETE FROM mention WHERE passage = ?', passage);
  }

  /** Writes what is pending and forgets entities that nothing mentions any more; tells how the counts change. */
  finish(): { readonly mentions: number; readonly entities: number } {
    this.ids.flush();
    const passages = [...this.pending.keys()].sort((a, b) => a - b);
    const rows = passages.flatMap((passage) => this.pending.get(passage)!);
    this.connection.insertAll(INSERT, rows);
    this.pending.clear();
    for (const [, entity] of rows) this.touched.delete(entity);
    for (const entity of this.touched) this.entities -= this.ids.removeUnmentioned(entity);
    return { mentions: this.mentions, entities: this.entities };
  }

  /** Deletes stored mentions that are not among the rows; returns the rows that are not stored as they are. */
  private changed(passage: number, rows: readonly Row[]): Row[] {
    const stored = new Map<number, StoredRow>();
    for (const row of this.connection.all<StoredRow>(
      'SELECT entity, count, type, about, surface, spans FROM mention WHERE passage = ?',
      passage,
    ))
      stored.set(row.entity, row);
    const changed = rows.filter((row) => {
      const old = stored.get(row[1]);
      if (old === undefined || !isEqual(old, row)) return true;
      stored.delete(row[1]);
      this.mentions -= old.count;
      return false;
    });
    for (const { entity, count } of stored.values()) {
      this.forget(entity, count);
      this.connection.run('DELETE FROM mention WHERE passage = ? AND entity = ?', passage, entity);
    }
    return changed;
  }

  private row(passage: number, document: number, { key, surface, type, spans, about }: Mention): Row {
    const entity = this.ids.idOf(key);
    if (entity.created) this.entities++;
    const count = Math.max(1, spans.length);
    this.mentions += count;
    return [
      passage,
      entity.id,
      document,
      count,
      codeOfType(type),
      about ? 1 : 0,
      toTextColumn(surface),
      JSON.stringify(spans),
    ];
  }

  private forgetPending(passage: number): void {
    for (const [, entity, , count] of this.pending.get(passage) ?? []) this.forget(entity, count);
    this.pending.delete(passage);
  }

  private forget(entity: number, count: number): void {
    this.touched.add(entity);
    this.mentions -= count;
  }
}

function isEqual(old: StoredRow, [, , , count, type, about, surface, spans]: Row): boolean {
  return (
    old.count === count &&
    old.type === type &&
    old.about === about &&
    old.spans === spans &&
    fromTextColumn(old.surface) === fromTextColumn(surface)
  );
}
