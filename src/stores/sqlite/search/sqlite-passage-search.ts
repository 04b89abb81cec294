/** Search inside the embedded store; see `docs/retrieval.md`, "Search inside the store", for what it keeps. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '../../../../graph-schema/index.js';
import type {
  PassageSearch,
  SearchScope,
  SearchStatistics,
  SearchView,
  ViewOptions,
} from '../../../ports/passage-search.js';
import type { Connection } from '../connection.js';
import { DOCUMENT_COLUMNS, type DocumentRow, toDocumentRecord } from '../rows.js';
import { fromTextColumn } from '../text-column.js';
import { EntityCache } from './entity-cache.js';
import { SearchFile, type SearchReading } from './search-file.js';
import { SqliteSearchView } from './sqlite-search-view.js';

interface Entry {
  readonly file: SearchFile;
  readonly cache: EntityCache;
}

export class SqlitePassageSearch implements PassageSearch {
  private readonly entries = new Map<string, Entry>();

  /** @param folder of the store; must be writable when a search file has to be made or brought up to date */
  constructor(private readonly folder: string) {}

  async view(collection: string, options: ViewOptions = {}): Promise<SearchView> {
    const { file, cache } = this.entry(collection);
    const reading = await file.read(options);
    const release = (): void => file.give(reading);
    try {
      const scoped = applyScope(reading, options.scope);
      cache.open(reading.row.generation);
      return new SqliteSearchView({
        reading,
        scoped,
        cache,
        release,
        statistics: statisticsOf(collection, reading, scoped),
      });
    } catch (error) {
      release();
      throw error;
    }
  }

  async forget(collection: string): Promise<void> {
    await this.entries.get(collection)?.file[Symbol.asyncDispose]();
    this.entries.delete(collection);
    for (const suffix of ['', '-wal', '-shm']) await rm(this.path(collection) + suffix, { force: true });
  }

  /** File of a collection. */
  path(collection: string): string {
    return join(this.folder, `search-${contentHash(collection).slice(0, 16)}.sqlite`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { file } of this.entries.values()) await file[Symbol.asyncDispose]();
    this.entries.clear();
  }

  private entry(collection: string): Entry {
    let entry = this.entries.get(collection);
    if (entry === undefined) {
      const file = new SearchFile(join(this.folder, 'store.sqlite'), this.path(collection), collection);
      entry = { file, cache: new EntityCache() };
      this.entries.set(collection, entry);
    }
    return entry;
  }
}

/** Fills the temporary table of visible documents, unless all are; it stays while generation and scope are the same. */
function applyScope({ connection, row }: SearchReading, scope: SearchScope | undefined): boolean {
  const disabled = connection.get('SELECT 1 FROM search_document WHERE enabled = 0 LIMIT 1') !== undefined;
  if (scope === undefined && !disabled) return false;
  connection.exec(
    `CREATE TEMP TABLE IF NOT EXISTS search_scope (document INTEGER PRIMARY KEY);
     CREATE TEMP TABLE IF NOT EXISTS search_scope_key (key TEXT, generation INTEGER);`,
  );
  const known = connection.get<{ key: string; generation: number }>('SELECT key, generation FROM search_scope_key');
  const key = scope?.key ?? '';
  if (known?.key === key && known.generation === row.generation) return true;
  connection.exec('DELETE FROM search_scope; DELETE FROM search_scope_key;');
  if (scope === undefined) {
    connection.exec('INSERT INTO search_scope SELECT id FROM search_document WHERE enabled = 1');
  } else {
    for (const document of acceptedRows(connection, row.id, scope)) {
      connection.run('INSERT INTO search_scope (document) VALUES (?)', document);
    }
  }
  connection.run('INSERT INTO search_scope_key (key, generation) VALUES (?, ?)', key, row.generation);
  return true;
}

function* acceptedRows(connection: Connection, collection: number, scope: SearchScope): Generator<number> {
  const rows = connection.iterate<DocumentRow>(
    `SELECT ${DOCUMENT_COLUMNS} FROM document d WHERE d.collection = ? AND d.enabled = 1`,
    collection,
  );
  for (const row of rows) if (scope.accepts(toDocumentRecord(row))) yield row.id;
}

function statisticsOf(collection: string, { connection, row, meta }: SearchReading, scoped: boolean): SearchStatistics {
  const languages = connection.all<{ code: string; passages: number }>(
    'SELECT code, passages FROM search_language WHERE passages > 0 ORDER BY passages DESC, code',
  );
  const visible = scoped
    ? connection.get<{ n: number }>(
        'SELECT count(*) AS n FROM search_scope s JOIN search_passage p ON p.document = s.document',
      )!.n
    : meta.passages;
  return {
    collection,
    generation: row.generation,
    embedder: { id: fromTextColumn(row.embedder), dimensions: row.dimensions },
    documents: meta.documents,
    passages: meta.passages,
    meanLength: meta.passages === 0 ? 0 : meta.length / meta.passages,
    languages,
    linkedShare: meta.documents === 0 ? 0 : meta.linked / Math.max(1, meta.counted),
    visible,
  };
}
