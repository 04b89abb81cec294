/**
 * Search inside the store, for collections too large for a RetrievalIndex in memory: candidates by full text and
 * vectors, and what surrounds them in the graph, in batches. Every adapter keeps beside the store what the search needs
 * (derived, rebuildable) and brings it up to date by the store's changes before a view is given.
 */
import type { DocumentRecord } from '../../graph-schema/index.js';
import type { QuantisedVectors } from './stored.js';

export interface SearchStatistics {
  readonly collection: string;
  /** Of the store, at which all that the view gives was read. */
  readonly generation: number;
  readonly embedder: { readonly id: string; readonly dimensions: number };
  readonly documents: number;
  readonly passages: number;
  /** Mean length of the passages in terms, the title's counted three times. */
  readonly meanLength: number;
  /** Most passages first, ties by code. */
  readonly languages: readonly { readonly code: string; readonly passages: number }[];
  /** Share of documents that another document names, 0..1; of large collections as of the last count. */
  readonly linkedShare: number;
  /** Passages that the view may give. */
  readonly visible: number;
}

/** What a view may give; disabled documents are never in. */
export interface SearchScope {
  /** Equal for scopes that accept the same documents. */
  readonly key: string;
  accepts(document: DocumentRecord): boolean;
}

/** A document that has a key as alias. */
export interface Claim {
  readonly document: string;
  /** 0..1 */
  readonly weight: number;
}

/** What a key names. */
export interface NamedBy {
  /** Number of the entity in this view, -1 when no passage mentions the key. */
  readonly entity: number;
  /** Passages of the collection that mention it. */
  readonly df: number;
  /** By document id. */
  readonly claims: readonly Claim[];
}

/** A passage with all that scoring looks at. */
export interface SearchPassage {
  /** Number of the passage in this view. */
  readonly number: number;
  readonly id: string;
  readonly document: string;
  readonly ordinal: number;
  /** In terms, the title's counted three times. */
  readonly length: number;
  readonly terms: PassageTerms;
  /** Distinct (row, entity) pairs: parallel arrays in no order; row 0 is title and context. */
  readonly mentionRows: readonly number[];
  readonly mentionEntities: readonly number[];
  readonly vectors: QuantisedVectors;
}

/** Terms of a passage by their hashes (`termHash`). */
export interface PassageTerms {
  /** Distinct. */
  readonly hashes: Float64Array;
  /** 3 x title + text + context, of each. */
  readonly frequency: Uint16Array;
  /** Sentence rows, title and context first; row r holds rowTerms[rowStart[r]] .. rowTerms[rowStart[r + 1]]. */
  readonly rowStart: Uint32Array;
  /** Positions in `hashes`, distinct in a row. */
  readonly rowTerms: Uint16Array;
  /** Positions in `hashes` of the title's distinct terms. */
  readonly title: Uint16Array;
  /** End of each sentence in characters of the passage's text; one fewer than rows. */
  readonly sentenceEnds: Uint32Array;
}

/** A term of the question to be matched. */
export interface MatchTerm {
  readonly stem: string;
  readonly df: number;
}

/** One consistent state of a collection; numbers of passages and entities hold within the view. Dispose it. */
export interface SearchView extends AsyncDisposable {
  readonly statistics: SearchStatistics;
  /** Passages of the collection that hold each term, by hash. */
  frequencies(hashes: readonly number[]): Promise<readonly number[]>;
  /** What each key names, in the order asked. */
  names(keys: readonly string[]): Promise<readonly NamedBy[]>;
  /** Visible passages with the greatest BM25 over some of the terms, about: rare terms first, within a budget of postings. */
  matching(terms: readonly MatchTerm[], limit: number): Promise<readonly number[]>;
  /** Visible passages likely to hold the sentences nearest to a vector: more than `limit`, in no order. */
  nearest(vector: Float32Array, limit: number): Promise<readonly number[]>;
  /**
   * Visible passages that mention each entity, in an order that the store always gives; none for an entity of more than
   * `limit` passages in the collection.
   */
  mentioning(entities: readonly number[], limit: number): Promise<ReadonlyMap<number, readonly number[]>>;
  /** Passages of the collection that mention each entity. */
  entityFrequencies(entities: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /**
   * Visible passages of each document: all when at most `limit`, else the first and those that match the terms best.
   * Documents without visible passages are left out.
   */
  ofDocuments(
    documents: readonly string[],
    limit: number,
    terms: readonly MatchTerm[],
  ): Promise<ReadonlyMap<string, readonly number[]>>;
  /** Keys of entities. */
  keys(entities: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Documents that have the entity's key as alias, of all entities that are one. */
  claims(entities: readonly number[]): Promise<ReadonlyMap<number, readonly Claim[]>>;
  /** Links into each document from anywhere in the collection, counted by passages. */
  inLinks(documents: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** In no order; unknown numbers are left out. */
  load(passages: readonly number[]): Promise<readonly SearchPassage[]>;
  /**
   * Whether all that the view gave is of its generation. Always on a store whose readers see a snapshot; elsewhere false
   * when a writer has committed since: ask again with a new view.
   */
  settled(): Promise<boolean>;
  /** All visible passages, when at most `limit`; else undefined. */
  all(limit: number): Promise<readonly number[] | undefined>;
}

export interface SearchProgress {
  readonly documents: number;
  readonly of: number;
}

export interface ViewOptions {
  readonly scope?: SearchScope | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told while what the search needs is brought up to date. */
  readonly onProgress?: ((progress: SearchProgress) => void) | undefined;
}

export interface PassageSearch extends AsyncDisposable {
  /**
   * A view at the store's generation. What the search needs is brought up to date first; that goes on when the caller
   * gives up waiting, until it is done or the search disposed of.
   * @throws NotFoundError for an unknown collection; StoreError when the store fails, or what the search needs cannot be
   * kept (a folder that cannot be written); the signal's reason when aborted
   */
  view(collection: string, options?: ViewOptions): Promise<SearchView>;
  /** Deletes what the search keeps of a collection; for one that was deleted. */
  forget(collection: string): Promise<void>;
}
