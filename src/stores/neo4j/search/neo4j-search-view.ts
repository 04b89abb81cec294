/**
 * A view of one collection for search inside Neo4j. Readers there see no snapshot: `settled` tells whether all was of one
 * generation.
 */
import type {
  Claim,
  MatchTerm,
  NamedBy,
  SearchPassage,
  SearchStatistics,
  SearchView,
} from '../../../ports/passage-search.js';
import { chooseTerms } from '../../../search/choose-terms.js';
import { QueryVector } from '../../../search/query-vector.js';
import { decodeVectors } from '../../codec/vector-codec.js';
import { indexedValue } from '../indexed-text.js';
import type { Run } from '../statement.js';
import { fromBytes, int, ints } from '../values.js';
import type { SearchNames } from './names.js';
import { type LoadRow, toSearchPassage } from './search-passage.js';
import * as statements from './statements.js';
import { ViewNumbers } from './view-numbers.js';

/** Passages nearest by their mean that are compared sentence by sentence, for each one wanted. */
const MEANS_A_PASSAGE = 3;
/** The same when a scope leaves some out behind the index. */
const SCOPED_MEANS = 2_000;

export interface Neo4jViewParts {
  readonly run: Run;
  readonly names: SearchNames;
  readonly statistics: SearchStatistics;
  /** Visible documents; null: all. */
  readonly scope: readonly string[] | null;
  /** Passages that hold a term, by hash, as views of the generation have read them. */
  readonly terms: Map<number, number>;
  /** Whether the store is still at the generation. */
  readonly settled: () => Promise<boolean>;
}

export class Neo4jSearchView implements SearchView {
  readonly statistics: SearchStatistics;
  private readonly passages = new ViewNumbers();
  /** By the key as it is indexed. */
  private readonly entities = new ViewNumbers();
  /** Passages of the collection that mention an entity, as read with something else. */
  private readonly known = new Map<number, number>();
  /** Links into a document, likewise. */
  private readonly links = new Map<string, number>();

  constructor(private readonly parts: Neo4jViewParts) {
    this.statistics = parts.statistics;
  }

  async frequencies(hashes: readonly number[]): Promise<readonly number[]> {
    const { terms } = this.parts;
    const missing = hashes.filter((hash) => !terms.has(hash));
    if (missing.length > 0) {
      const [row] = await this.ask<{ readonly pairs: readonly [number, number][] }>(statements.FREQUENCIES, {
        hashes: ints(missing),
      });
      for (const hash of missing) terms.set(hash, 0);
      for (const [hash, df] of row!.pairs) terms.set(hash, df);
    }
    return hashes.map((hash) => terms.get(hash)!);
  }

  async names(keys: readonly string[]): Promise<readonly NamedBy[]> {
    if (keys.length === 0) return [];
    const indexed = keys.map(indexedValue);
    const [entities, claims] = await Promise.all([this.readEntities(indexed), this.readClaims(indexed)]);
    return indexed.map((key) => {
      const df = entities.get(key);
      return { entity: df === undefined ? -1 : this.entities.of(key), df: df ?? 0, claims: claims.get(key) ?? [] };
    });
  }

  async matching(terms: readonly MatchTerm[], limit: number): Promise<readonly number[]> {
    return this.matchingWithin(chooseTerms(terms), limit, this.parts.scope);
  }

  async nearest(vector: Float32Array, limit: number): Promise<readonly number[]> {
    if (vector.length !== this.statistics.embedder.dimensions || vector.every((component) => component === 0))
      return [];
    const { scope, names } = this.parts;
    const most = Math.min(scope === null ? limit * MEANS_A_PASSAGE : SCOPED_MEANS, this.statistics.passages);
    if (most === 0) return [];
    const [row] = await this.ask<{ readonly ids: readonly string[] }>(statements.NEAREST, {
      index: names.vectors,
      most: int(most),
      vector: [...vector],
      scope,
    });
    const query = new QueryVector(vector);
    const [vectors] = await this.ask<{ readonly pairs: readonly [string, Int8Array][] }>(statements.VECTORS, {
      ids: row!.ids,
    });
    return vectors!.pairs
      .map(([id, bytes]) => {
        const decoded = decodeVectors(fromBytes(bytes));
        return { id, score: query.best(decoded, decoded.scale.length) };
      })
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map(({ id }) => this.passages.of(id));
  }

  async mentioning(entities: readonly number[], limit: number): Promise<ReadonlyMap<number, readonly number[]>> {
    if (entities.length === 0) return new Map();
    const rows = await this.ask<{ readonly key: string; readonly ids: readonly string[] }>(statements.MENTIONING, {
      keys: this.keysOf(entities),
      limit: int(limit),
      scope: this.parts.scope,
    });
    return new Map(rows.map(({ key, ids }) => [this.entities.of(key), ids.map((id) => this.passages.of(id))]));
  }

  async entityFrequencies(entities: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const missing = entities.filter((entity) => !this.known.has(entity));
    if (missing.length > 0) {
      for (const [key, df] of await this.readEntities(this.keysOf(missing))) this.known.set(this.entities.of(key), df);
    }
    return this.known;
  }

  async ofDocuments(
    documents: readonly string[],
    limit: number,
    terms: readonly MatchTerm[],
  ): Promise<ReadonlyMap<string, readonly number[]>> {
    const { scope } = this.parts;
    const visible = scope === null ? documents : documents.filter((document) => scope.includes(document));
    const found = new Map<string, readonly number[]>();
    if (visible.length === 0) return found;
    const rows = await this.ask<{ readonly document: string; readonly ids: readonly string[] }>(
      statements.OF_DOCUMENTS,
      { documents: visible },
    );
    for (const { document, ids } of rows) {
      const all = ids.map((id) => this.passages.of(id));
      if (all.length <= limit) found.set(document, all);
      else {
        const best = await this.matchingWithin(terms, limit - 1, [document]);
        found.set(document, [...new Set([all[0]!, ...best])]);
      }
    }
    return found;
  }

  async keys(entities: readonly number[]): Promise<ReadonlyMap<number, string>> {
    return new Map(entities.map((entity) => [entity, this.entities.text(entity)]));
  }

  async claims(entities: readonly number[]): Promise<ReadonlyMap<number, readonly Claim[]>> {
    if (entities.length === 0) return new Map();
    const claims = await this.readClaims(this.keysOf(entities));
    return new Map([...claims].map(([key, of]) => [this.entities.of(key), of]));
  }

  async inLinks(documents: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const missing = documents.filter((document) => !this.links.has(document));
    if (missing.length > 0) {
      const [row] = await this.ask<{ readonly pairs: readonly [string, number][] }>(statements.IN_LINKS, {
        ids: missing,
      });
      for (const [document, links] of row!.pairs) this.links.set(document, links);
    }
    return this.links;
  }

  async load(passages: readonly number[]): Promise<readonly SearchPassage[]> {
    if (passages.length === 0) return [];
    const ids = passages.map((number) => this.passages.text(number));
    return (await this.ask<LoadRow>(statements.LOAD, { ids })).map((row) =>
      toSearchPassage(row, { passages: this.passages, entities: this.entities, frequencies: this.known }),
    );
  }

  async settled(): Promise<boolean> {
    return this.parts.settled();
  }

  async all(limit: number): Promise<readonly number[] | undefined> {
    const [row] = await this.ask<{ readonly ids: readonly string[] }>(statements.ALL_PASSAGES, {
      scope: this.parts.scope,
      limit: int(limit + 1),
    });
    return row!.ids.length > limit ? undefined : row!.ids.map((id) => this.passages.of(id));
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  private async matchingWithin(
    terms: readonly MatchTerm[],
    limit: number,
    scope: readonly string[] | null,
  ): Promise<readonly number[]> {
    if (terms.length === 0) return [];
    // Quoted, a term is a term whatever it holds; only quote and backslash mean something within quotes.
    const query = terms.map(({ stem }) => `"${stem.replaceAll(/["\\]/g, '\\$&')}"`).join(' ');
    const [row] = await this.ask<{ readonly ids: readonly string[] }>(statements.MATCHING, {
      index: this.parts.names.words,
      query,
      scope,
      limit: int(limit),
    });
    return row!.ids.map((id) => this.passages.of(id));
  }

  private async readEntities(keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const [row] = await this.ask<{ readonly pairs: readonly [string, number][] }>(statements.ENTITIES, { keys });
    return new Map(row!.pairs);
  }

  private async readClaims(keys: readonly string[]): Promise<ReadonlyMap<string, readonly Claim[]>> {
    const rows = await this.ask<{ readonly key: string; readonly claims: readonly [string, number, number][] }>(
      statements.CLAIMS,
      { keys },
    );
    for (const { claims } of rows) for (const [document, , links] of claims) this.links.set(document, links);
    return new Map(rows.map(({ key, claims }) => [key, claims.map(([document, weight]) => ({ document, weight }))]));
  }

  private keysOf(entities: readonly number[]): string[] {
    return entities.map((entity) => this.entities.text(entity));
  }

  private ask<Row>(statement: string, more: Record<string, unknown>): Promise<Row[]> {
    return this.parts.run<Row>(statement, { collection: this.statistics.collection, ...more });
  }
}
