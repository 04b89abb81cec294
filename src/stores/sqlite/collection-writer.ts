/**
 * Writes the rows of one collection within one transaction, and knows by how much its counts change. Nothing is
 * incremented in place but the counts of the collection's row, which `check` compares with a full count.
 */
import type { DocumentRecord, Mention, PassageRecord } from '../../../graph-schema/index.js';
import type { Failure, PassageBundle, SourceRecord, StoredDocument } from '../../ports/index.js';
import { encodeContribution } from '../codec/contribution-codec.js';
import { encodeVectors } from '../codec/vector-codec.js';
import { checkedId, duplicateUri, unknownDocument, unknownPassage } from '../refusals.js';
import { canonicalDocument } from '../transfer/canonical-document.js';
import type { Connection } from './connection.js';
import type { EntityIds } from './entity-ids.js';
import { MentionWriter, type PassageKey } from './mention-writer.js';
import { RelationWriter } from './relation-writer.js';
import { type CollectionRow, failureJson } from './rows.js';
import { toOrderedColumn, toTextColumn } from './text-column.js';

export class CollectionWriter {
  private readonly connection: Connection;
  private readonly collection: CollectionRow;
  private readonly generation: number;
  private readonly mentions: MentionWriter;
  private readonly relations: RelationWriter;
  /** Rows of documents put by this write, and of others whose mentions it changes. */
  private readonly written = new Set<number>();
  private readonly folded = new Set<number>();
  /** Passages of `written`, by id. */
  private readonly passages = new Map<string, PassageKey>();
  /** Some document of the collection may be marked as gone. */
  private removals: boolean | undefined;
  private readonly delta = { documents: 0, passages: 0, failures: 0 };

  constructor(connection: Connection, collection: CollectionRow, entities: EntityIds) {
    this.connection = connection;
    this.collection = collection;
    this.generation = collection.generation + 1;
    this.relations = new RelationWriter(connection, collection.id);
    this.mentions = new MentionWriter(connection, collection, entities);
  }

  /** Removes a document and all that hangs on it; false when there is none. */
  removeDocument(id: string): boolean {
    const document = this.documentRow(id);
    if (document === undefined) return false;
    if (this.written.delete(document))
      for (const [passage, key] of this.passages) if (key.document === document) this.passages.delete(passage);
    for (const passage of this.connection.all<{ id: number; data: string }>(
      'SELECT p.id, c.data FROM passage p JOIN contribution c ON c.passage = p.id WHERE p.document = ?',
      document,
    )) {
      this.mentions.remove(passage.id);
      this.relations.remove(passage.id, passage.data);
      this.connection.run('DELETE FROM contribution WHERE passage = ?', passage.id);
      this.connection.run('DELETE FROM vector WHERE passage = ?', passage.id);
      this.connection.run('DELETE FROM staged_vector WHERE passage = ?', passage.id);
    }
    this.delta.passages -= this.connection.run('DELETE FROM passage WHERE document = ?', document).changes;
    this.connection.run('DELETE FROM document_text WHERE document = ?', document);
    this.connection.run('DELETE FROM document WHERE id = ?', document);
    this.delta.documents--;
    this.removals = true;
    this.connection.run(
      'INSERT INTO removal (collection, document, generation) VALUES (?, ?, ?)',
      this.collection.id,
      id,
      this.generation,
    );
    return true;
  }

  /** Stores a document whole, in place of the one with its id. Throws UsageError when another one has its uri. */
  putDocument({ document, text, passages }: StoredDocument): void {
    this.removeDocument(document.id);
    const uri = toOrderedColumn(document.uri);
    const other = this.connection.get<{ public_id: string }>(
      'SELECT public_id FROM document WHERE collection = ? AND uri = ?',
      this.collection.id,
      uri,
    );
    if (other !== undefined) throw duplicateUri(document.uri, other.public_id);
    const { rowId } = this.connection.run(
      `INSERT INTO document (collection, public_id, uri, source, record, enabled, ingested_at, passages, characters, changed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.collection.id,
      checkedId(document.id, document.uri),
      uri,
      document.source === undefined ? null : toOrderedColumn(document.source),
      JSON.stringify(canonicalDocument(document)),
      document.enabled ? 1 : 0,
      toTextColumn(document.ingestedAt),
      passages.length,
      text.length,
      this.generation,
    );
    this.delta.documents++;
    this.written.add(rowId);
    this.connection.run('INSERT INTO document_text (document, text) VALUES (?, ?)', rowId, toTextColumn(text));
    for (const bundle of passages) this.insertPassage(rowId, document.uri, bundle);
    this.takeBackRemoval(document.id);
    this.resolveFailure(document.uri);
  }

  /** Replaces what is known of a stored document but its text and passages. Throws UsageError when there is none. */
  putRecord(document: DocumentRecord): void {
    const { changes } = this.connection.run(
      'UPDATE document SET record = ?, ingested_at = ?, changed = ? WHERE collection = ? AND public_id = ?',
      JSON.stringify(canonicalDocument(document)),
      toTextColumn(document.ingestedAt),
      this.generation,
      this.collection.id,
      document.id,
    );
    if (changes === 0) throw unknownDocument(document.id, document.uri);
    this.resolveFailure(document.uri);
  }

  /** Replaces the mentions of a stored passage. */
  putMentions(passageId: string, mentions: readonly Mention[]): void {
    const passage = this.passageRow(passageId);
    if (!this.written.has(passage.document)) this.folded.add(passage.document);
    this.mentions.replace(passage, passageId, mentions);
  }

  putFailure(failure: Failure): void {
    const uri = toOrderedColumn(failure.uri);
    this.resolveFailure(failure.uri);
    this.connection.run(
      'INSERT INTO failure (collection, uri, record, failed_at) VALUES (?, ?, ?, ?)',
      this.collection.id,
      uri,
      failureJson(failure),
      toTextColumn(failure.failedAt),
    );
    this.delta.failures++;
  }

  resolveFailure(uri: string): void {
    if (this.collection.failures + this.delta.failures === 0) return;
    this.delta.failures -= this.connection.run(
      'DELETE FROM failure WHERE collection = ? AND uri = ?',
      this.collection.id,
      toOrderedColumn(uri),
    ).changes;
  }

  putSource({ uri, contentHash }: SourceRecord): void {
    this.connection.run(
      'INSERT OR REPLACE INTO source (collection, uri, content_hash) VALUES (?, ?, ?)',
      this.collection.id,
      toOrderedColumn(uri),
      toTextColumn(contentHash),
    );
  }

  removeSource(uri: string): void {
    this.connection.run(
      'DELETE FROM source WHERE collection = ? AND uri = ?',
      this.collection.id,
      toOrderedColumn(uri),
    );
  }

  /** Unknown ids are ignored; a document that is so already does not count as changed. */
  setEnabled(documentId: string, enabled: boolean): void {
    this.connection.run(
      'UPDATE document SET enabled = ?1, changed = ?2 WHERE collection = ?3 AND public_id = ?4 AND enabled <> ?1',
      enabled ? 1 : 0,
      this.generation,
      this.collection.id,
      documentId,
    );
  }

  /** Ends the write: forgets entities that nothing mentions, sets counts and generation. Returns the generation. */
  finish(): number {
    const { mentions, entities } = this.mentions.finish();
    for (const document of this.folded)
      this.connection.run('UPDATE document SET folded = ? WHERE id = ?', this.generation, document);
    const relations = this.relations.finish();
    const { documents, passages, failures } = this.delta;
    this.connection.run(
      `UPDATE collection SET generation = ?, documents = documents + ?, passages = passages + ?,
         entities = entities + ?, relations = relations + ?, mentions = mentions + ?, failures = failures + ?
       WHERE id = ?`,
      this.generation,
      documents,
      passages,
      entities,
      relations,
      mentions,
      failures,
      this.collection.id,
    );
    return this.generation;
  }

  private insertPassage(document: number, uri: string, { passage, contribution, vectors }: PassageBundle): void {
    const row = this.insertPassageRow(document, uri, passage);
    this.passages.set(passage.id, { id: row, document, fresh: true });
    this.connection.run(
      'INSERT INTO contribution (passage, data) VALUES (?, ?)',
      row,
      encodeContribution(contribution),
    );
    this.connection.run(
      'INSERT INTO vector (passage, data) VALUES (?, ?)',
      row,
      encodeVectors(vectors, this.collection.dimensions),
    );
    this.relations.add(row, contribution.relations);
  }

  private insertPassageRow(document: number, uri: string, passage: PassageRecord): number {
    this.delta.passages++;
    return this.connection.run(
      `INSERT INTO passage (collection, document, ordinal, public_id, start, "end", page, "row", context, text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.collection.id,
      document,
      passage.ordinal,
      checkedId(passage.id, uri),
      passage.start,
      passage.end,
      passage.page ?? null,
      passage.row ?? null,
      toTextColumn(passage.context),
      toTextColumn(passage.text),
    ).rowId;
  }

  private takeBackRemoval(document: string): void {
    this.removals ??=
      this.connection.get('SELECT 1 FROM removal WHERE collection = ? LIMIT 1', this.collection.id) !== undefined;
    if (!this.removals) return;
    this.connection.run('DELETE FROM removal WHERE collection = ? AND document = ?', this.collection.id, document);
  }

  private documentRow(id: string): number | undefined {
    return this.connection.get<{ id: number }>(
      'SELECT id FROM document WHERE collection = ? AND public_id = ?',
      this.collection.id,
      id,
    )?.id;
  }

  /** Row of a stored passage; UsageError when the collection has none. */
  passageRow(id: string): PassageKey {
    const written = this.passages.get(id);
    if (written !== undefined) return written;
    const row = this.connection.get<Omit<PassageKey, 'fresh'>>(
      'SELECT id, document FROM passage WHERE collection = ? AND public_id = ?',
      this.collection.id,
      id,
    );
    if (row !== undefined) return { ...row, fresh: false };
    throw unknownPassage(id);
  }
}
