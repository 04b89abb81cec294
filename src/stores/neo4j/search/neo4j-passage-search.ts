/** Search inside Neo4j: its full-text and vector indexes, and batched expansion; see `docs/neo4j.md`. */
import { StoreError } from '../../../errors.js';
import type { GraphStore } from '../../../ports/index.js';
import type {
  PassageSearch,
  SearchScope,
  SearchStatistics,
  SearchView,
  ViewOptions,
} from '../../../ports/passage-search.js';
import { SharedWork } from '../../../search/shared-work.js';
import { collectionUnknown } from '../../refusals.js';
import type { Neo4jConnection } from '../connection.js';
import { type DocumentProperties, toDocumentRecord } from '../rows.js';
import { type Run, runAlone } from '../statement.js';
import { searchNames } from './names.js';
import { Neo4jSearchView } from './neo4j-search-view.js';
import { forgetSearch, isCurrent, readState, type SearchState } from './search-state.js';
import { SearchUpdater } from './search-updater.js';
import * as statements from './statements.js';

/** Looks at a store that changes faster than the search follows, or that another process brings up to date. */
const ATTEMPTS = 6_000;

/** Terms whose frequencies are kept between questions. */
const MOST_TERMS = 200_000;

export class Neo4jPassageSearch implements PassageSearch {
  private readonly run: Run;
  private readonly updating = new Map<string, SharedWork>();
  /** Accepted documents of the last scope of each collection. */
  private readonly scopes = new Map<string, { readonly of: string; readonly ids: readonly string[] }>();

  private readonly terms = new Map<string, { readonly generation: number; readonly of: Map<number, number> }>();

  /** Neither connection nor store is closed with the search. */
  constructor(
    private readonly connection: Neo4jConnection,
    private readonly store: Pick<GraphStore, 'changes' | 'collection'>,
  ) {
    this.run = runAlone(connection);
  }

  async view(collection: string, options: ViewOptions = {}): Promise<SearchView> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      options.signal?.throwIfAborted();
      const found = await readState(this.connection, collection);
      if (found === undefined) throw collectionUnknown(collection);
      const info = await this.store.collection(collection);
      if (info === undefined) throw collectionUnknown(collection);
      const { state } = found;
      if (state !== null && isCurrent(state, info)) return this.open(collection, state, options.scope);
      await this.workOf(collection).wait(options);
    }
    throw new StoreError('COLLECTION_BUSY', `Collection "${collection}" changes faster than the search follows`, {
      place: { field: 'collection' },
      remedy: 'Ask again when the running ingest is done.',
    });
  }

  /** Brings the search of a collection up to date. */
  private workOf(collection: string): SharedWork {
    let work = this.updating.get(collection);
    if (work === undefined) {
      work = new SharedWork(async (working) => {
        const info = await this.store.collection(collection);
        if (info !== undefined) await new SearchUpdater(this.connection, this.store, info, working).run();
      });
      this.updating.set(collection, work);
    }
    return work;
  }

  private async stop(collection: string): Promise<void> {
    await this.updating.get(collection)?.[Symbol.asyncDispose]();
    this.updating.delete(collection);
  }

  async forget(collection: string): Promise<void> {
    await this.stop(collection);
    this.scopes.delete(collection);
    this.terms.delete(collection);
    await forgetSearch(this.connection, collection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const collection of [...this.updating.keys()]) await this.stop(collection);
    this.scopes.clear();
  }

  private async open(collection: string, state: SearchState, asked: SearchScope | undefined): Promise<SearchView> {
    const scope = await this.scope(collection, state.generation, asked);
    const statistics = await this.statistics(collection, state, scope);
    const settled = async (): Promise<boolean> => {
      const now = await readState(this.connection, collection);
      return now?.generation === state.generation && now.clock % 2 === 0;
    };
    const terms = this.termsOf(collection, state.generation);
    return new Neo4jSearchView({ run: this.run, names: searchNames(collection), statistics, scope, terms, settled });
  }

  /** Frequencies of terms read so far, forgotten with the generation or when they grow too many. */
  private termsOf(collection: string, generation: number): Map<number, number> {
    let found = this.terms.get(collection);
    if (found?.generation !== generation || found.of.size > MOST_TERMS) {
      found = { generation, of: new Map() };
      this.terms.set(collection, found);
    }
    return found.of;
  }

  /** Ids of visible documents; null when all are. */
  private async scope(
    collection: string,
    generation: number,
    asked: SearchScope | undefined,
  ): Promise<readonly string[] | null> {
    if (asked === undefined && (await this.run(statements.ANY_DISABLED, { collection })).length === 0) return null;
    const of = JSON.stringify([generation, asked?.key]);
    const known = this.scopes.get(collection);
    if (known?.of === of) return known.ids;
    const rows = await this.run<{ readonly document: DocumentProperties }>(statements.ENABLED_DOCUMENTS, {
      collection,
    });
    const records = rows.map(({ document }) => toDocumentRecord(document));
    const ids = records.filter((record) => asked?.accepts(record) ?? true).map(({ id }) => id);
    this.scopes.set(collection, { of, ids });
    return ids;
  }

  private async statistics(
    collection: string,
    state: SearchState,
    scope: readonly string[] | null,
  ): Promise<SearchStatistics> {
    const { generation, embedder, dimensions, documents, passages, length, linked, counted } = state;
    const languages = Object.entries(JSON.parse(state.languages) as Record<string, number>)
      .filter(([, count]) => count > 0)
      .map(([code, count]) => ({ code, passages: count }))
      .sort((a, b) => b.passages - a.passages || (a.code < b.code ? -1 : 1));
    const [row] =
      scope === null
        ? [{ passages }]
        : await this.run<{ readonly passages: number }>(statements.VISIBLE, { collection, scope });
    return {
      collection,
      generation,
      embedder: { id: embedder, dimensions },
      documents,
      passages,
      meanLength: passages === 0 ? 0 : length / passages,
      languages,
      linkedShare: documents === 0 ? 0 : linked / Math.max(1, counted),
      visible: row!.passages,
    };
  }
}
