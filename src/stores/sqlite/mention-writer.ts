/** Writes folded mentions, makes entities as they are first mentioned and forgets them with their last mention. */
import type { Mention } from '../../../graph-schema/index.js';
import { UsageError } from '../../errors.js';
import type { Connection } from './connection.js';
import type { EntityIds } from './entity-ids.js';
import { codeOfType } from './rows.js';
import { toTextColumn } from './text-column.js';

export class MentionWriter {
  private readonly connection: Connection;
  private readonly collection: number;
  private readonly ids: EntityIds;
  /** Entities that lost a mention and may have none left. */
  private readonly touched = new Set<number>();
  private mentions = 0;
  private entities = 0;

  constructor(connection: Connection, collection: number, ids: EntityIds) {
    this.connection = connection;
    this.collection = collection;
    this.ids = ids;
  }

  /** Replaces the mentions of the passage with this row; `passageId` is for the error alone. */
  replace(passage: number, passageId: string, mentions: readonly Mention[]): void {
    this.remove(passage);
    const keys = new Set<string>();
    for (const mention of mentions) {
      if (keys.has(mention.key))
        throw new UsageError('DUPLICATE_MENTION', `Passage ${passageId} mentions ${mention.key} twice`, {
          remedy: 'Fold all mentions of an entity in a passage into one, with several spans.',
        });
      keys.add(mention.key);
      this.insert(passage, mention);
    }
  }

  remove(passage: number): void {
    const rows = this.connection.all<{ entity: number; count: number }>(
      'SELECT entity, count FROM mention WHERE passage = ?',
      passage,
    );
    if (rows.length === 0) return;
    for (const { entity, count } of rows) {
      this.touched.add(entity);
      this.mentions -= count;
    }
    this.connection.run('DELETE FROM mention WHERE passage = ?', passage);
  }

  /** Forgets entities that nothing mentions any more; tells by how much the collection's counts change. */
  finish(): { readonly mentions: number; readonly entities: number } {
    for (const entity of this.touched) this.entities -= this.ids.removeUnmentioned(entity);
    return { mentions: this.mentions, entities: this.entities };
  }

  private insert(passage: number, { key, surface, type, spans, about }: Mention): void {
    const entity = this.ids.idOf(this.collection, key);
    if (entity.created) this.entities++;
    const count = Math.max(1, spans.length);
    this.connection.run(
      'INSERT INTO mention (passage, entity, count, type, about, surface, spans) VALUES (?, ?, ?, ?, ?, ?, ?)',
      passage,
      entity.id,
      count,
      codeOfType(type),
      about ? 1 : 0,
      toTextColumn(surface),
      JSON.stringify(spans),
    );
    this.mentions += count;
  }
}
