/** The embedded store: one SQLite file, one writer at a time, any number of readers in any process. */
import type { EntityType } from '../../../graph-schema/index.js';
import { StoreError } from '../../errors.js';
import type {
  Changes,
  CollectionInfo,
  EvidenceRequest,
  GraphStore,
  PageRequest,
  SourceClaim,
  WriterLease,
} from '../../ports/index.js';
import { checkedLimit } from '../page.js';
import { leaseForeign } from '../refusals.js';
import { backupTo } from './backup.js';
import { emptyStream, readChanged, readChangeList, readMentionsSince, readStamps } from './changes.js';
import { checkStore } from './check.js';
import type { Connection } from './connection.js';
import { exportCollection } from './export-collection.js';
import { readEntities, readEntity, readNeighbours, readPassagesMentioning } from './graph-queries.js';
import { importCollection } from './import-collection.js';
import { readMentions } from './mention-queries.js';
import * as queries from './queries.js';
import { readRelationsOf } from './relation-queries.js';
import { toCollectionInfo } from './rows.js';
import { type Snapshot, Snapshots } from './snapshots.js';
import { claimSources, releaseSources } from './source-claims.js';
import { SqliteWriter } from './sqlite-writer.js';
import { StoreFile, type StoreFileParts } from './store-file.js';
import { WriterLock } from './writer-lock.js';

export interface SqliteStoreParts extends StoreFileParts {
  readonly connect: (readOnly: boolean) => Connection;
  readonly now: () => Date;
}

export class SqliteStore implements GraphStore {
  readonly kind = 'sqlite';
  readonly sharedWriting = false;
  private readonly parts: SqliteStoreParts;
  private readonly reader: Connection;
  private readonly snapshots: Snapshots;
  private readonly opened: StoreFile;
  private readonly writers = new Set<SqliteWriter>();
  private closed = false;

  constructor(parts: SqliteStoreParts) {
    this.parts = parts;
    this.reader = parts.connect(true);
    this.snapshots = new Snapshots(() => parts.connect(true));
    this.opened = new StoreFile(parts);
  }

  async collections() {
    return this.read(queries.readCollections);
  }

  async collection(name: string) {
    return this.read((connection): CollectionInfo | undefined => {
      const row = queries.collectionRow(connection, name);
      return row === undefined ? undefined : toCollectionInfo(row);
    });
  }

  async acquireWriter(options: { readonly waitMs: number; readonly signal?: AbortSignal }): Promise<WriterLease> {
    this.assertWritable();
    const { folder, now, connect } = this.parts;
    const lock = await WriterLock.acquire({ folder, now, waitMs: options.waitMs, signal: options.signal });
    try {
      this.assertPresent();
      const connection = connect(false);
      try {
        // Under the lock nobody else migrates, so this holds for the life of the lease.
        this.opened.assertVersion(connection);
      } catch (error) {
        connection.close();
        throw error;
      }
      const writer = new SqliteWriter(connection, lock, {
        assertPresent: () => this.assertPresent(),
        released: (released) => this.writers.delete(released),
      });
      this.writers.add(writer);
      return writer;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  async claimSources(collection: string, uris: readonly string[], claim: SourceClaim) {
    const now = this.parts.now().getTime();
    return this.beside((connection) => claimSources(connection, collection, uris, { ...claim, now }));
  }

  async releaseSources(collection: string, holder: string, uris?: readonly string[]) {
    this.beside((connection) => releaseSources(connection, collection, holder, uris));
  }

  async generation(collection: string) {
    return this.read((connection) => queries.requireCollection(connection, collection).generation);
  }

  async changes(collection: string, since: number): Promise<Changes> {
    const snapshot = this.snapshot();
    try {
      const row = queries.requireCollection(snapshot.connection, collection);
      const { removed, complete, quiet } = readChangeList(snapshot.connection, row, since);
      const { generation } = row;
      if (quiet) {
        this.snapshots.give(snapshot);
        return { generation, removed, complete, put: emptyStream() };
      }
      const from = complete ? -1 : since;
      const put = this.snapshots.stream(snapshot, () => readChanged(snapshot.connection, row.id, from));
      return { generation, removed, complete, put };
    } catch (error) {
      this.snapshots.give(snapshot);
      throw error;
    }
  }

  async stamps(collection: string, since: number) {
    return this.readIn(collection, (connection, row) => readStamps(connection, row, since));
  }

  async mentionsSince(collection: string, since: number) {
    const snapshot = this.snapshot();
    try {
      const { id, generation } = queries.requireCollection(snapshot.connection, collection);
      const passages = this.snapshots.stream(snapshot, () => readMentionsSince(snapshot.connection, id, since));
      return { generation, passages };
    } catch (error) {
      this.snapshots.give(snapshot);
      throw error;
    }
  }

  async document(collection: string, id: string) {
    return this.readIn(collection, (connection, row) => queries.readDocument(connection, row, id));
  }

  async documents(collection: string, page: PageRequest) {
    return this.readIn(collection, (connection, row) => queries.readDocuments(connection, row, page));
  }

  async documentByUri(collection: string, uri: string) {
    return this.readIn(collection, (connection, row) => queries.readDocumentByUri(connection, row, uri));
  }

  async documentRecords(collection: string, ids: readonly string[]) {
    return this.readIn(collection, (connection, row) => queries.readDocumentRecords(connection, row, ids));
  }

  async passagesOf(collection: string, documentId: string) {
    return this.readIn(collection, (connection, row) => queries.readPassagesOf(connection, row, documentId));
  }

  async passages(collection: string, ids: readonly string[]) {
    return this.readIn(collection, (connection, row) => queries.readPassages(connection, row, ids));
  }

  async evidence(collection: string, { passages, documents }: EvidenceRequest) {
    return this.readIn(collection, (connection, row) => ({
      passages: queries
        .readPassages(connection, row, passages)
        .map((passage) => ({ passage, mentions: readMentions(connection, row, passage.id) })),
      documents: queries.readDocumentRecords(connection, row, documents),
    }));
  }

  async mentionsOfEach(collection: string, passageIds: readonly string[]) {
    return this.readIn(collection, (connection, row) => passageIds.map((id) => readMentions(connection, row, id)));
  }

  async mentionsOf(collection: string, passageId: string) {
    return this.readIn(collection, (connection, row) => readMentions(connection, row, passageId));
  }

  async entity(collection: string, key: string) {
    return this.readIn(collection, (connection, row) => readEntity(connection, row, key));
  }

  async entitiesOf(collection: string, keys: readonly string[]) {
    checkedLimit(Math.max(keys.length, 1));
    return this.readIn(collection, (connection, row) => keys.map((key) => readEntity(connection, row, key)));
  }

  async entities(collection: string, page: PageRequest & { readonly prefix?: string; readonly type?: EntityType }) {
    return this.readIn(collection, (connection, row) => readEntities(connection, row, page));
  }

  async relationsOf(collection: string, keys: readonly string[], limit: number) {
    return this.readIn(collection, (connection, row) => readRelationsOf(connection, row, keys, limit));
  }

  async neighbours(collection: string, keys: readonly string[], limit: number) {
    return this.readIn(collection, (connection, row) => readNeighbours(connection, row, keys, limit));
  }

  async passagesMentioning(collection: string, groups: readonly (readonly string[])[], limit: number) {
    return this.readIn(collection, (connection, row) => readPassagesMentioning(connection, row, groups, limit));
  }

  async failures(collection: string) {
    return this.readIn(collection, queries.readFailures);
  }

  async source(collection: string, uri: string) {
    return this.readIn(collection, (connection, row) => queries.readSource(connection, row, uri));
  }

  async sources(collection: string, page: PageRequest) {
    return this.readIn(collection, (connection, row) => queries.readSources(connection, row, page));
  }

  async documentsOfSource(collection: string, uri: string) {
    return this.readIn(collection, (connection, row) => queries.readDocumentsOfSource(connection, row, uri));
  }

  async storedSources(collection: string, uris: readonly string[]) {
    return this.readIn(collection, (connection, row) => queries.readStoredSources(connection, row, uris));
  }

  async unstaged(collection: string, embedderId: string, limit: number) {
    return this.readIn(collection, (connection, row) => queries.readUnstaged(connection, row, embedderId, limit));
  }

  async *export(collection: string): AsyncIterable<string> {
    const snapshot = this.snapshot();
    try {
      yield* exportCollection(snapshot.connection, queries.requireCollection(snapshot.connection, collection));
    } finally {
      this.snapshots.give(snapshot);
    }
  }

  async import(lease: WriterLease, collection: string, lines: AsyncIterable<string>) {
    if (!(lease instanceof SqliteWriter) || !this.writers.has(lease)) throw leaseForeign();
    return importCollection(lease, collection, lines);
  }

  async backup(path: string) {
    this.assertPresent();
    await backupTo(this.parts.connect(true), path);
  }

  async check() {
    return checkStore((work) => this.read(work));
  }

  async close() {
    if (this.closed) return;
    this.closed = true;
    for (const writer of this.writers) await writer.release();
    this.snapshots.close();
    this.reader.close();
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  /** Runs `work` inside one read transaction: all its statements see one generation. */
  private read<T>(work: (connection: Connection) => T): T {
    this.assertPresent();
    return this.reader.transaction('DEFERRED', () => {
      this.opened.assertVersion(this.reader);
      return work(this.reader);
    });
  }

  /** Writes beside the writer, on a connection of its own. */
  private beside<T>(work: (connection: Connection) => T): T {
    this.assertWritable();
    const connection = this.parts.connect(false);
    try {
      this.opened.assertVersion(connection);
      return work(connection);
    } finally {
      connection.close();
    }
  }

  private assertWritable(): void {
    this.assertPresent();
    this.opened.assertWritable();
  }

  private snapshot(): Snapshot {
    this.assertPresent();
    const snapshot = this.snapshots.take();
    try {
      this.opened.assertVersion(snapshot.connection);
      return snapshot;
    } catch (error) {
      this.snapshots.give(snapshot);
      throw error;
    }
  }

  private readIn<T>(collection: string, work: (connection: Connection, collection: number) => T): T {
    return this.read((connection) => work(connection, queries.requireCollection(connection, collection).id));
  }

  private assertPresent(): void {
    if (this.closed)
      throw new StoreError('STORE_CLOSED', `The store ${this.parts.file} was closed`, { remedy: 'Open it again.' });
    this.opened.assertPresent();
  }
}
