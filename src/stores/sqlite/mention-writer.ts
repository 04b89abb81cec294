/** Writes folded mentions, makes entities as they are first mentioned and forgets them with their last mention. */
import type { Mention } from '../../../graph-schema/index.js';
import { duplicateMention } from '../refusals.js';
import type { Connection, SqlValue } from './connection.js';
import type { EntityIds } from './entity-ids.js';
import { codeOfType } from './rows.js';
import { toTextColumn } from './text-column.js';

const INSERT = 'INSERT INTO mention (passage, entity, document, count, type, about, surface, spans)';
type Row = readonly [passage: number, entity: number, document: number, count: number, ...rest: SqlValue[]];

/** Rows of a passage and of its document. */
export interface PassageKey {
  readonly id: number;
  readonly document: number;
}

export class MentionWriter {
  private readonly connection: Connection;
  private readonly collection: number;
  private readonly ids: EntityIds;
  /** Mentions not written yet, by passage row. */
  private readonly pending = new Map<number, readonly Row[]>();
  /** Entities that lost a mention and may have none left. */
  private readonly touched = new Set<number>();
  private mentions = 0;
  private entities = 0;

  constructor(connection: Connection, collection: number, ids: EntityIds) {
    this.connection = connection;
    this.collection = collection;
    this.ids = ids;
  }

  /** Replaces the mentions of the passage with this row. */
  replace({ id, document }: PassageKey, passageId: string, mentions: readonly Mention[]): void {
    this.remove(id);
    const keys = new Set(mentions.map(({ key }) => key));
    if (keys.size !== mentions.length) throw duplicateMention(passageId);
    if (mentions.length > 0)
      this.pending.set(
        id,
        mentions.map((mention) => this.row(id, document, mention)),
      );
  }

  remove(passage: number): void {
    const rows = this.connection.all<{ entity: number; count: number }>(
      'SELECT entity, count FROM mention WHERE passage = ?',
      passage,
    );
    for (const { entity, count } of rows) this.forget(entity, count);
    for (const [, entity, , count] of this.pending.get(passage) ?? []) this.forget(entity, count);
    this.pending.delete(passage);
    if (rows.length > 0) this.connection.run('DELETE FROM mention WHERE passage = ?', passage);
  }

  /** Writes what is pending and forgets entities that nothing mentions any more; tells how the counts change. */
  finish(): { readonly mentions: number; readonly entities: number } {
    this.connection.insertAll(INSERT, [...this.pending.values()].flat());
    this.pending.clear();
    for (const entity of this.touched) this.entities -= this.ids.removeUnmentioned(entity);
    return { mentions: this.mentions, entities: this.entities };
  }

  private row(passage: number, document: number, { key, surface, type, spans, about }: Mention): Row {
    const entity = this.ids.idOf(this.collection, key);
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

  private forget(entity: number, count: number): void {
    this.touched.add(entity);
    this.mentions -= count;
  }
}
