/** Options and results of the library's calls. */
import type { EntityType, PassageRecord } from '../graph-schema/index.js';
import type { IngestProgress, IngestSummary } from '../ingest/index.js';
import type { Filter, LlmMode, SourceOptions } from '../queries/index.js';
import type { StoreLockedError } from '../src/errors.js';
import type { CollectionInfo, CypherParams, DocumentSummary, Failure, LensProgress } from '../src/index.js';
import type { SettingsOverrides } from './settings.js';

export interface OpenOptions extends SettingsOverrides {
  /** Makes the store when it does not exist. Default true. */
  readonly create?: boolean;
}

/** Options that most calls take. */
export interface CallOptions {
  /** Default: the collection given at `open`, else "default". */
  readonly collection?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface IngestCallOptions extends CallOptions {
  /** Removes documents under the given paths whose source is gone. Default false. */
  readonly prune?: boolean | undefined;
  /** Name of the one path given, in uris, instead of its own. The empty string leaves a folder's name out. */
  readonly as?: string | undefined;
  /** Metadata put on every document of this call. */
  readonly metadata?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Names of the fields of JSON and JSONL records. */
  readonly fields?: { readonly id?: string; readonly title?: string; readonly text?: string } | undefined;
  /** Passages a transaction; default 500. */
  readonly batchPassages?: number | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Told what the walk tolerated: links that lead back to a folder already visited. */
  readonly onWarning?: ((warning: { readonly uri: string; readonly message: string }) => void) | undefined;
}

export interface WatchCallOptions extends IngestCallOptions {
  /** Told what each run did. */
  readonly onSummary?: ((summary: IngestSummary) => void) | undefined;
  /** Told when another writer keeps a run waiting, which is then tried again; without it `watch` ends with the error. */
  readonly onLocked?: ((error: StoreLockedError) => void) | undefined;
}

export interface ReembedCallOptions extends CallOptions {
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
}

/** One page of documents by uri; pass `next` of the page before as `after`. */
export interface DocumentPageOptions extends CallOptions {
  /** 1..1000 */
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface QuestionOptions extends CallOptions, SourceOptions {
  /** Passages returned, 1..`limits.maxK`. Default 10. */
  readonly k?: number | undefined;
  readonly filter?: Filter | undefined;
}

export interface AskCallOptions extends QuestionOptions {
  /** `off` extractive; `fallback` the model, or extractive when it fails (default where a model is configured); `required` an error then. */
  readonly llm?: LlmMode | undefined;
}

/** What runs Cypher: the store itself where it can (Neo4j), or a graph derived from any store. */
export type CypherEngine = 'store' | 'lens';

export interface CypherCallOptions extends CallOptions {
  readonly params?: CypherParams | undefined;
  /** Rows at most, 1..`limits.maxCypherRows`. Default 1000. */
  readonly rows?: number | undefined;
  /**
   * What Neo4j does, which cannot confine a statement to its collection, when there are others: `refuse` it (default), or
   * run it with the warning `CYPHER_ACROSS_COLLECTIONS`. The lens holds one collection.
   */
  readonly otherCollections?: 'refuse' | 'warn' | undefined;
  /** Milliseconds at most, 1..`limits.maxCypherMs`. Default the limit. */
  readonly timeoutMs?: number | undefined;
  /** Default `store`, which is the lens where the store does not run Cypher. */
  readonly engine?: CypherEngine | undefined;
  /** Told while the lens is brought up to date. */
  readonly onProgress?: ((progress: LensProgress) => void) | undefined;
}

/** A document given as text or bytes instead of a file. */
export interface GivenDocument {
  /** Identity within the collection; its extension tells the format unless `mediaType` does. */
  readonly uri: string;
  readonly content: string | Uint8Array;
  readonly mediaType?: string | undefined;
  readonly title?: string | undefined;
  readonly metadata?: Readonly<Record<string, string | number | boolean | readonly string[]>> | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** What a collection holds, and the sources that were left out of it. */
export interface CollectionStatus {
  readonly collection: CollectionInfo;
  readonly failures: readonly Failure[];
}

export interface DocumentDetail extends DocumentSummary {
  readonly text: string;
  readonly passageList: readonly PassageRecord[];
}

export type GraphFormat = 'svg' | 'html' | 'graphml' | 'gexf';

export interface GraphCallOptions extends CallOptions {
  /** Default `svg`. */
  readonly format?: GraphFormat | undefined;
  /** Steps from the entity, 1..5. Default 1. */
  readonly hops?: number | undefined;
  /** Nodes shown at most, 2..`limits.maxGraphNodes`. Default 40. */
  readonly limit?: number | undefined;
  /** Only neighbours of these types. Default: all. */
  readonly types?: readonly EntityType[] | undefined;
}

export interface GraphDrawing {
  /** Name of the entity, or the question. */
  readonly title: string;
  /** What is shown and what was left out; for a question the answer. */
  readonly subtitle: string;
  readonly nodes: number;
  readonly edges: number;
  readonly format: GraphFormat;
  /** The file: SVG, HTML page, GraphML or GEXF. */
  readonly content: string;
}
