/** A view of one collection for search inside the embedded store: SQL over the search file and the attached store. */
import type {
  Claim,
  MatchTerm,
  NamedBy,
  SearchPassage,
  SearchStatistics,
  SearchView,
} from '../../../ports/passage-search.js';
import { chooseTerms } from '../../../search/choose-terms.js';
import type { Connection } from '../connection.js';
import { fromOrderedColumn, toOrderedColumn } from '../text-column.js';
import type { EntityCache } from './entity-cache.js';
import { loadPassages } from './load-passages.js';
import { nearestPassages } from './nearest-passages.js';
import type { SearchReading } from './search-file.js';

export interface ViewParts {
  readonly reading: SearchReading;
  readonly statistics: SearchStatistics;
  /** Whether the temporary table search_scope bounds what is visible. */
  readonly scoped: boolean;
  readonly cache: EntityCache;
  readonly release: () => void;
}

// Lists of numbers are joined by CROSS JOIN, which SQLite takes as the order to go by: it would else scan a collection.
const SCOPED = 'JOIN search_scope s ON s.document = ';

export class SqliteSearchView implements SearchView {
  readonly statistics: SearchStatistics;
  private readonly connection: Connection;
  private readonly collection: number;
  private released = false;

  constructor(private readonly parts: ViewParts) {
    this.statistics = parts.statistics;
    this.connection = parts.reading.connection;
    this.collection = parts.reading.row.id;
  }

  async frequencies(hashes: readonly number[]): Promise<readonly number[]> {
    const { terms } = this.parts.cache;
    const missing = hashes.filter((hash) => !terms.has(hash));
    for (const hash of missing) terms.set(hash, 0);
    for (const [hash, df] of this.pairs(
      `SELECT group_concat(hash || ':' || df, ' ') AS pairs FROM search_term WHERE hash IN (SELECT value FROM json_each(?))`,
      missing,
    ))
      terms.set(hash, df);
    return hashes.map((hash) => terms.get(hash)!);
  }

  async names(keys: readonly string[]): Promise<readonly NamedBy[]> {
    return keys.map((key): NamedBy => {
      const column = toOrderedColumn(key);
      const entity = this.connection.get<{ id: number }>(
        'SELECT id FROM entity WHERE collection = ? AND key = ?',
        this.collection,
        column,
      )?.id;
      const claims = this.connection.all<{ document: string; weight: number }>(
        `SELECT d.public_id AS document, a.weight FROM search_alias a JOIN search_document d ON d.id = a.document
         WHERE a.key = ? ORDER BY d.public_id`,
        column,
      );
      return { entity: entity ?? -1, df: entity === undefined ? 0 : this.frequencyOf([entity]).get(entity)!, claims };
    });
  }

  async matching(terms: readonly MatchTerm[], limit: number): Promise<readonly number[]> {
    const query = matchQuery(chooseTerms(terms));
    if (query === undefined) return [];
    const scope = this.parts.scoped ? `JOIN search_passage p ON p.id = w.rowid ${SCOPED}p.document` : '';
    return this.connection
      .all<{ id: number }>(
        `SELECT w.rowid AS id FROM search_words w ${scope} WHERE w.search_words MATCH ? ORDER BY w.rank LIMIT ?`,
        query,
        limit,
      )
      .map(({ id }) => id);
  }

  async nearest(vector: Float32Array, limit: number): Promise<readonly number[]> {
    return nearestPassages(this.connection, this.parts.reading.meta, vector, limit, this.parts.scoped);
  }

  async mentioning(entities: readonly number[], limit: number): Promise<ReadonlyMap<number, readonly number[]>> {
    const scope = this.parts.scoped ? `${SCOPED}m.document` : '';
    const found = new Map<number, readonly number[]>();
    const df = this.frequencyOf(entities);
    for (const entity of entities) {
      if (df.get(entity)! > limit) continue;
      const row = this.connection.get<{ ids: string | null }>(
        `SELECT group_concat(m.passage, ' ' ORDER BY m.passage) AS ids FROM entity e JOIN mention m ON m.entity = e.id ${scope}
         WHERE e.id = ? AND e.collection = ?`,
        entity,
        this.collection,
      );
      found.set(entity, numbersOf(row?.ids));
    }
    return found;
  }

  async entityFrequencies(entities: readonly number[]): Promise<ReadonlyMap<number, number>> {
    return this.frequencyOf(entities);
  }

  async ofDocuments(
    documents: readonly string[],
    limit: number,
    terms: readonly MatchTerm[],
  ): Promise<ReadonlyMap<string, readonly number[]>> {
    const scope = this.parts.scoped ? `${SCOPED}p.document` : '';
    const found = new Map<string, readonly number[]>();
    const rows = this.connection.all<{ document: string; row: number; ids: string }>(
      `SELECT d.public_id AS document, d.id AS row, group_concat(p.id, ' ') AS ids
       FROM (SELECT value FROM json_each(?)) j CROSS JOIN search_document d ON d.public_id = j.value
       JOIN search_passage p ON p.document = d.id ${scope} GROUP BY d.id`,
      JSON.stringify(documents),
    );
    for (const { document, row, ids } of rows) {
      const all = numbersOf(ids);
      found.set(document, all.length <= limit ? all : this.bestOf(row, limit, terms));
    }
    return found;
  }

  /** The first passage of a long document, and those that match best. */
  private bestOf(document: number, limit: number, terms: readonly MatchTerm[]): number[] {
    const query = matchQuery(terms);
    const first = this.connection.get<{ id: number }>(
      'SELECT id FROM search_passage WHERE document = ? ORDER BY ordinal LIMIT 1',
      document,
    )!.id;
    const best =
      query === undefined
        ? []
        : this.connection.all<{ id: number }>(
            `SELECT rowid AS id FROM search_words WHERE search_words MATCH ?
               AND rowid IN (SELECT id FROM search_passage WHERE document = ?) ORDER BY rank LIMIT ?`,
            query,
            document,
            limit - 1,
          );
    return [...new Set([first, ...best.map(({ id }) => id)])];
  }

  async claims(entities: readonly number[]): Promise<ReadonlyMap<number, readonly Claim[]>> {
    const known = this.parts.cache.claims;
    const missing = entities.filter((entity) => !known.has(entity));
    for (const entity of missing) known.set(entity, []);
    for (const { entity, claims } of this.connection.all<{ entity: number; claims: string }>(
      `SELECT e.id AS entity, json_group_array(json_array(d.public_id, a.weight) ORDER BY d.public_id) AS claims
       FROM (SELECT value FROM json_each(?)) j CROSS JOIN entity e ON e.id = j.value AND e.collection = ?
       JOIN search_alias a ON a.key = e.key JOIN search_document d ON d.id = a.document GROUP BY e.id`,
      JSON.stringify(missing),
      this.collection,
    )) {
      const pairs = JSON.parse(claims) as [string, number][];
      known.set(
        entity,
        pairs.map(([document, weight]) => ({ document, weight })),
      );
    }
    return new Map(entities.map((entity) => [entity, known.get(entity)!]));
  }

  async keys(entities: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const rows = this.connection.all<{ id: number; key: Uint8Array }>(
      'SELECT id, key FROM entity WHERE id IN (SELECT value FROM json_each(?)) AND collection = ?',
      JSON.stringify(entities),
      this.collection,
    );
    return new Map(rows.map(({ id, key }) => [id, fromOrderedColumn(key)]));
  }

  async inLinks(documents: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = this.connection.all<{ id: string; links: number }>(
      'SELECT public_id AS id, in_links AS links FROM search_document WHERE public_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(documents),
    );
    return new Map(rows.map(({ id, links }) => [id, links]));
  }

  async load(passages: readonly number[]): Promise<readonly SearchPassage[]> {
    return loadPassages(this.connection, passages);
  }

  async settled(): Promise<boolean> {
    return true;
  }

  async all(limit: number): Promise<readonly number[] | undefined> {
    const scope = this.parts.scoped ? `${SCOPED}p.document` : '';
    const rows = this.connection.all<{ id: number }>(`SELECT p.id FROM search_passage p ${scope} LIMIT ?`, limit + 1);
    return rows.length > limit ? undefined : rows.map(({ id }) => id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.released) return;
    this.released = true;
    this.parts.release();
  }

  private frequencyOf(entities: readonly number[]): ReadonlyMap<number, number> {
    const { frequencies } = this.parts.cache;
    const missing = entities.filter((entity) => !frequencies.has(entity));
    for (const entity of missing) frequencies.set(entity, 0);
    for (const [entity, df] of this.pairs(
      `SELECT group_concat(e.id || ':' || (SELECT count(*) FROM mention m WHERE m.entity = e.id), ' ') AS pairs
       FROM (SELECT value FROM json_each(?)) j CROSS JOIN entity e ON e.id = j.value AND e.collection = ${this.collection}`,
      missing,
    ))
      frequencies.set(entity, df);
    return frequencies;
  }

  /** Pairs of numbers gathered to one text inside SQLite: a row handed over costs some microseconds. */
  private pairs(sql: string, values: readonly number[]): [number, number][] {
    if (values.length === 0) return [];
    const text = this.connection.get<{ pairs: string | null }>(sql, JSON.stringify(values))?.pairs ?? '';
    return text === '' ? [] : text.split(' ').map((pair) => pair.split(':').map(Number) as [number, number]);
  }
}

function numbersOf(text: string | null | undefined): number[] {
  return text === null || text === undefined || text === '' ? [] : text.split(' ').map(Number);
}

/** Any of the terms; undefined without one. Terms hold no quote, but are escaped all the same. */
function matchQuery(terms: readonly MatchTerm[]): string | undefined {
  if (terms.length === 0) return undefined;
  return terms.map(({ stem }) => `"${stem.replaceAll('"', '""')}"`).join(' OR ');
}
