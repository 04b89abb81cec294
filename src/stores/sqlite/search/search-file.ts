/** The search file of one collection: made, brought up to date under SQLite's own write lock, opened for views. */
import { rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { NotFoundError, StoreError } from '../../../errors.js';
import { SharedWork, type Waiting, type Working } from '../../../search/shared-work.js';
import { Connection } from '../connection.js';
import { collectionRow } from '../queries.js';
import type { CollectionRow } from '../rows.js';
import { SEARCH_FORMAT, SEARCH_SCHEMA } from './schema.js';
import { isCurrent, readMeta, type SearchMeta, updateSearch } from './update-search.js';

/** Milliseconds between two looks at a file that another process is bringing up to date. */
const POLL_MS = 50;
const BUSY_MS = 5_000;
const CACHE_KIB = 16_384;
const MOST_IDLE = 4;
/** A store that changes faster than it can be followed. */
const ATTEMPTS = 20;

/** A connection inside a read transaction that shows store and search file at one generation. */
export interface SearchReading {
  readonly connection: Connection;
  readonly row: CollectionRow;
  readonly meta: SearchMeta;
}

export class SearchFile implements AsyncDisposable {
  private readonly idle: Connection[] = [];
  private readonly updating = new SharedWork((working) => this.update(working));
  private closed = false;

  constructor(
    private readonly store: string,
    readonly path: string,
    private readonly collection: string,
  ) {}

  /**
   * A reading at the store's generation; the file is brought up to date first when it is older.
   * @throws NotFoundError for an unknown collection; StoreError
   */
  async read(options: Waiting): Promise<SearchReading> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      options.signal?.throwIfAborted();
      const reading = this.tryRead();
      if (reading !== undefined) return reading;
      await this.updating.wait(options);
    }
    throw new StoreError('COLLECTION_BUSY', `Collection "${this.collection}" changes faster than the search follows`, {
      place: { field: 'collection' },
      remedy: 'Ask again when the running ingest is done.',
    });
  }

  /** Ends a reading; what it left in temporary tables stays with the connection. */
  give({ connection }: SearchReading): void {
    if (connection.inTransaction) connection.exec('COMMIT');
    if (this.closed || this.idle.length >= MOST_IDLE) connection.close();
    else this.idle.push(connection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.closed = true;
    await this.updating[Symbol.asyncDispose]();
    for (const connection of this.idle) connection.close();
    this.idle.length = 0;
  }

  private tryRead(): SearchReading | undefined {
    const connection = this.idle.pop() ?? this.connect(true);
    if (connection === undefined) return undefined;
    let kept = false;
    try {
      connection.exec('BEGIN');
      const meta = readMeta(connection);
      const row = this.requireCollection(connection);
      if (!isCurrent(meta, row)) return undefined;
      kept = true;
      return { connection, row, meta };
    } finally {
      if (!kept) {
        connection.rollback();
        this.idle.push(connection);
      }
    }
  }

  private async update(working: Working): Promise<void> {
    const connection = this.connect(false)!;
    try {
      // SQLite's own waiting would hold up whoever updates the file in this process.
      connection.exec('PRAGMA busy_timeout = 0');
      while (!connection.tryBegin('IMMEDIATE')) {
        await wait(POLL_MS, undefined, { ref: true });
        working.signal.throwIfAborted();
      }
      const row = this.requireCollection(connection);
      if (!isCurrent(readMeta(connection), row)) await updateSearch(connection, row, working);
      connection.exec('COMMIT');
    } finally {
      connection.rollback();
      connection.close();
    }
  }

  private requireCollection(connection: Connection): CollectionRow {
    const row = collectionRow(connection, this.collection);
    if (row !== undefined) return row;
    throw new NotFoundError('COLLECTION_UNKNOWN', `There is no collection "${this.collection}"`, {
      place: { field: 'collection' },
      remedy: 'Ingest documents into it first, or list the collections there are.',
    });
  }

  /** Opens the file and attaches the store; for reading, undefined when there is none of this format yet. */
  private connect(readOnly: boolean): Connection | undefined {
    try {
      return this.open(readOnly);
    } catch (error) {
      const code = error instanceof StoreError ? error.code : undefined;
      // For reading the file may not be there yet, or be too damaged to read: whoever updates it makes it anew.
      if (readOnly && (code === 'STORE_UNAVAILABLE' || code === 'STORE_CORRUPT')) return undefined;
      if (code !== 'STORE_CORRUPT') throw error;
      for (const suffix of ['', '-wal', '-shm']) rmSync(this.path + suffix, { force: true });
      return this.open(false);
    }
  }

  private open(readOnly: boolean): Connection | undefined {
    const connection = new Connection(this.path, { readOnly, busyMs: BUSY_MS });
    try {
      connection.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;`);
      if (!readOnly) connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      const format = connection.get<{ user_version: number }>('PRAGMA user_version')!.user_version;
      if (format !== SEARCH_FORMAT) {
        if (readOnly) {
          connection.close();
          return undefined;
        }
        this.make(connection, format);
      }
      connection.exec(`ATTACH '${pathToFileURL(this.store).href.replaceAll("'", "''")}?mode=ro' AS store`);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  private make(connection: Connection, format: number): void {
    if (format !== 0) {
      throw new StoreError('STORE_CORRUPT', `${this.path} is of another format`, { remedy: 'It is made anew.' });
    }
    connection.transaction('EXCLUSIVE', () => {
      const { user_version } = connection.get<{ user_version: number }>('PRAGMA user_version')!;
      if (user_version === SEARCH_FORMAT) return;
      connection.exec(SEARCH_SCHEMA);
      connection.run(
        `INSERT INTO search_meta (id, generation, embedder, dimensions, documents, passages, length, linked, counted, drift, gone, mean)
         VALUES (1, -1, '', 0, 0, 0, 0, 0, 0, 0, 0, x'')`,
      );
      connection.exec(`PRAGMA user_version = ${SEARCH_FORMAT}`);
    });
  }
}
