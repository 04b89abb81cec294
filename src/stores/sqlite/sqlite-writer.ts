/** The lease of the one writer: every call is one transaction on a connection of its own. */
import type { QuantisedVectors, WriteBatch, WriterLease } from '../../ports/index.js';
import { leaseReleased } from '../refusals.js';
import { deleteCollection, insertCollection, trimRemovals } from './collection-rows.js';
import { CollectionWriter } from './collection-writer.js';
import type { Connection } from './connection.js';
import { EntityIds } from './entity-ids.js';
import { requireCollection } from './queries.js';
import type { CollectionRow } from './rows.js';
import { type EmbedderStamp, stageVectors, switchEmbedder } from './staged-vectors.js';
import type { WriterLock } from './writer-lock.js';

export interface WriterHooks {
  /** Throws StoreError when the file under the connection is no longer the store. */
  readonly assertPresent: () => void;
  readonly released: (writer: SqliteWriter) => void;
}

export class SqliteWriter implements WriterLease {
  private readonly connection: Connection;
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
      for (const record of batch.records ?? []) writer.putRecord(record);
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
    return this.transaction(() => {
      const writer = this.collectionWriter(collection);
      const rows = [...vectors].map(([passageId, value]) => [writer.passageRow(passageId).id, value] as const);
      stageVectors(this.connection, embedder, rows);
    });
  }

  switchEmbedder(collection: string, embedder: EmbedderStamp): Promise<{ generation: number }> {
    return this.write(collection, (_writer, row) => {
      switchEmbedder(this.connection, row, embedder);
    });
  }

  createCollection(name: string, embedder: EmbedderStamp): Promise<void> {
    return this.transaction(() => {
      insertCollection(this.connection, name, embedder);
    });
  }

  deleteCollection(name: string): Promise<void> {
    return this.transaction(() => {
      deleteCollection(this.connection, requireCollection(this.connection, name));
      this.entities.forget();
    });
  }

  /** Runs `work` alone in one transaction, which waits when `work` does. */
  importing<T>(
    work: (connection: Connection, writerOf: (collection: string) => CollectionWriter) => Promise<T>,
  ): Promise<T> {
    return this.exclusive(() =>
      this.connection.transactionAsync(() => work(this.connection, (name) => this.collectionWriter(name))),
    );
  }

  async release(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.queue;
    try {
      // Moves the write-ahead log into the file unless a reader needs it, so that a plain copy of the file is whole.
      this.connection.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE);');
    } catch {
      // What was committed is safe in the log.
    }
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
    return this.transaction(() => {
      const row = requireCollection(this.connection, collection);
      const writer = new CollectionWriter(this.connection, row, this.entities);
      work(writer, row);
      const generation = writer.finish();
      trimRemovals(this.connection, row.id);
      return { generation };
    });
  }

  private transaction<T>(work: () => T): Promise<T> {
    return this.exclusive(() => this.connection.transaction('IMMEDIATE', work));
  }

  private exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(leaseReleased());
    const result = this.queue.then(() => {
      this.hooks.assertPresent();
      return work();
    });
    this.queue = result.catch(() => {
      this.entities.forget();
    });
    return result;
  }

  private collectionWriter(collection: string): CollectionWriter {
    return new CollectionWriter(this.connection, requireCollection(this.connection, collection), this.entities);
  }
}
