/** The lease of the one writer: every call is one transaction on a connection of its own. */
import { NotFoundError, StoreError, UsageError } from '../../errors.js';
import type { QuantisedVectors, WriteBatch, WriterLease } from '../../ports/index.js';
import { CollectionWriter } from './collection-writer.js';
import type { Connection } from './connection.js';
import { EntityIds } from './entity-ids.js';
import type { CollectionRow } from './rows.js';
import { toOrderedColumn, toTextColumn } from './text-column.js';
import { encodeVectors } from './vector-codec.js';
import type { WriterLock } from './writer-lock.js';

/** Removals remembered for readers of older generations; beyond it they load everything anew. */
const MOST_REMOVALS = 50_000;

interface EmbedderStamp {
  readonly id: string;
  readonly dimensions: number;
}

/** Tables of a collection's content, children before parents. */
const DELETE_COLLECTION = [
  'DELETE FROM mention WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
  'DELETE FROM relation_end WHERE collection = ?',
  'DELETE FROM contribution WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
  'DELETE FROM vector WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
  'DELETE FROM staged_vector WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
  'DELETE FROM passage WHERE collection = ?',
  'DELETE FROM document_text WHERE document IN (SELECT id FROM document WHERE collection = ?)',
  'DELETE FROM document WHERE collection = ?',
  'DELETE FROM entity WHERE collection = ?',
  'DELETE FROM source WHERE collection = ?',
  'DELETE FROM failure WHERE collection = ?',
  'DELETE FROM removal WHERE collection = ?',
  'DELETE FROM collection WHERE id = ?',
];

export interface WriterHooks {
  /** Throws StoreError when the file under the connection is no longer the store. */
  readonly assertPresent: () => void;
  readonly released: (writer: SqliteWriter) => void;
}

export class SqliteWriter implements WriterLease {
  readonly connection: Connection;
  private readonly lock: WriterLock;
  private readonly hooks: WriterHooks;
  private readonly entities: EntityIds;
  /** Ends when the last call has ended: calls run one after another, in the order made. */
  private queue: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(connection: Connection, lock: WriterLock, hooks: WriterHooks) {
    this.connection = connection;
    this.lock = lock;
    this.hooks = hooks;
    this.entities = new EntityIds(connection);
  }

  commit(collection: string, batch: WriteBatch): Promise<{ generation: number }> {
    return this.write(collection, (writer) => {
      const put = new Set(batch.put.map(({ document }) => document.id));
      for (const id of batch.remove) if (!put.has(id)) writer.removeDocument(id);
      for (const document of batch.put) writer.putDocument(document);
      for (const [passageId, mentions] of batch.mentions) writer.putMentions(passageId, mentions);
      for (const uri of batch.resolved ?? []) writer.resolveFailure(uri);
      for (const failure of batch.failures ?? []) writer.putFailure(failure);
      for (const uri of batch.removeSources ?? []) writer.removeSource(uri);
      for (const source of batch.sources ?? []) writer.putSource(source);
    });
  }

  setEnabled(collection: string, documentIds: readonly string[], enabled: boolean): Promise<{ generation: number }> {
    return this.write(collection, (writer) => {
      for (const id of documentIds) writer.setEnabled(id, enabled);
    });
  }

  stageVectors(
    collection: string,
    embedder: EmbedderStamp,
    vectors: ReadonlyMap<string, QuantisedVectors>,
  ): Promise<void> {
    return this.exclusive(() =>
      this.connection.transaction('IMMEDIATE', () => {
        const writer = this.collectionWriter(collection);
        for (const [passageId, rows] of vectors) {
          this.connection.run(
            'INSERT OR REPLACE INTO staged_vector (passage, embedder, data) VALUES (?, ?, ?)',
            writer.passageRow(passageId),
            toTextColumn(embedder.id),
            encodeVectors(rows, embedder.dimensions),
          );
        }
      }),
    );
  }

  switchEmbedder(collection: string, embedder: EmbedderStamp): Promise<{ generation: number }> {
    return this.write(collection, (_writer, row) => {
      this.unstage(row, embedder);
    });
  }

  createCollection(name: string, embedder: EmbedderStamp): Promise<void> {
    return this.exclusive(() =>
      this.connection.transaction('IMMEDIATE', () => {
        this.insertCollection(name, embedder);
      }),
    );
  }

  deleteCollection(name: string): Promise<void> {
    return this.exclusive(() =>
      this.connection.transaction('IMMEDIATE', () => {
        const { id, generation } = this.collectionRow(name);
        this.connection.run(
          'INSERT OR REPLACE INTO retired (name, generation) VALUES (?, ?)',
          toOrderedColumn(name),
          generation,
        );
        for (const sql of DELETE_COLLECTION) this.connection.run(sql, id);
        this.entities.forget();
      }),
    );
  }

  /** For import: runs `work` alone in one transaction. */
  importing<T>(work: (writer: SqliteWriter) => Promise<T>): Promise<T> {
    return this.exclusive(() => this.connection.transactionAsync(() => work(this)));
  }

  /** A writer of the collection's next generation; within a transaction only. */
  collectionWriter(collection: string): CollectionWriter {
    return new CollectionWriter(this.connection, this.collectionRow(collection), this.entities);
  }

  insertCollection(name: string, embedder: EmbedderStamp): void {
    const column = toOrderedColumn(name);
    if (this.connection.get('SELECT 1 FROM collection WHERE name = ?', column) !== undefined)
      throw new UsageError('COLLECTION_EXISTS', `There is a collection ${name} already`, {
        remedy: 'Choose another name, or delete the collection first.',
      });
    const retired = this.connection.get<{ generation: number }>(
      'SELECT generation FROM retired WHERE name = ?',
      column,
    );
    const first = retired === undefined ? 0 : retired.generation + 1;
    this.connection.run(
      'INSERT INTO collection (name, embedder, dimensions, generation, log_start) VALUES (?, ?, ?, ?, ?)',
      column,
      toTextColumn(embedder.id),
      embedder.dimensions,
      first,
      first,
    );
  }

  async release(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.queue.catch(() => undefined);
    this.connection.close();
    this.lock.release();
    this.hooks.released(this);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.release();
  }

  private write(
    collection: string,
    work: (writer: CollectionWriter, row: CollectionRow) => void,
  ): Promise<{ generation: number }> {
    return this.exclusive(() =>
      this.connection.transaction('IMMEDIATE', () => {
        const row = this.collectionRow(collection);
        const writer = new CollectionWriter(this.connection, row, this.entities);
        work(writer, row);
        const generation = writer.finish();
        this.trimRemovals(row.id);
        return { generation };
      }),
    );
  }

  private exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.closed)
      return Promise.reject(
        new StoreError('LEASE_RELEASED', 'The right to write was given back', { remedy: 'Acquire the writer anew.' }),
      );
    const result = this.queue
      .catch(() => undefined)
      .then(() => {
        this.hooks.assertPresent();
        return work();
      });
    this.queue = result.catch(() => {
      this.entities.forget();
    });
    return result;
  }

  /** Puts the staged vectors in place of the collection's and stamps it. */
  private unstage(collection: CollectionRow, embedder: EmbedderStamp): void {
    const { changes } = this.connection.run(
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
    this.connection.run(
      'DELETE FROM staged_vector WHERE passage IN (SELECT id FROM passage WHERE collection = ?)',
      collection.id,
    );
    this.connection.run(
      'UPDATE document SET changed = ? WHERE collection = ?',
      collection.generation + 1,
      collection.id,
    );
    this.connection.run(
      'UPDATE collection SET embedder = ?, dimensions = ? WHERE id = ?',
      toTextColumn(embedder.id),
      embedder.dimensions,
      collection.id,
    );
  }

  private trimRemovals(collection: number): void {
    const count = this.connection.get<{ n: number }>(
      'SELECT count(*) AS n FROM removal WHERE collection = ?',
      collection,
    );
    if (count === undefined || count.n <= MOST_REMOVALS) return;
    this.connection.run(
      'UPDATE collection SET log_start = (SELECT max(generation) FROM removal WHERE collection = ?1) WHERE id = ?1',
      collection,
    );
    this.connection.run('DELETE FROM removal WHERE collection = ?', collection);
  }

  private collectionRow(name: string): CollectionRow {
    const row = this.connection.get<CollectionRow>('SELECT * FROM collection WHERE name = ?', toOrderedColumn(name));
    if (row !== undefined) return row;
    throw new NotFoundError('COLLECTION_UNKNOWN', `There is no collection ${name}`, {
      remedy: 'List the collections with `hopwise collections`.',
    });
  }
}
