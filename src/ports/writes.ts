/** What a writer hands to a store. */
import type { DocumentRecord, Mention, PassageRecord } from '../../graph-schema/index.js';
import type { Failure, QuantisedVectors, SourceRecord, StoredDocument } from './stored.js';

/**
 * One transaction: applied whole or not at all; raises the generation by one. Refused with a UsageError:
 * `DUPLICATE_URI` (another document has the uri), `UNKNOWN_PASSAGE` (mentions of a passage that is neither stored nor
 * put), `DUPLICATE_MENTION` (a key twice in a passage), `EMBEDDER_MISMATCH` (vectors of other dimensions),
 * `CONFLICTING_WRITE` (a passage id or ordinal twice), `NOT_FINITE` (a metadata value, weight or confidence), `BAD_ID` (not 1 to 64 printable ASCII characters).
 * Lone surrogates in texts become U+FFFD.
 */
export interface WriteBatch {
  /** Replaced whole when the id exists. */
  readonly put: readonly StoredDocument[];
  /** Ids; unknown ones are ignored, and those that are also put. Applied before `put`. */
  readonly remove: readonly string[];
  /**
   * Records of stored documents whose text, title and passages stay as they are: content hash, media type, size,
   * metadata, tags, date, warnings and `ingestedAt` are replaced, `enabled` is not touched. Applied after `put`; an
   * unknown document is a UsageError `UNKNOWN_DOCUMENT`.
   */
  readonly records?: readonly DocumentRecord[];
  /** Folded mentions by passage id: for every passage put, and for every stored passage whose mentions the batch changed. */
  readonly mentions: ReadonlyMap<string, readonly Mention[]>;
  readonly failures?: readonly Failure[];
  /** Uris whose failures are cleared, before `failures` are put. Putting a document clears its own. */
  readonly resolved?: readonly string[];
  /** Put, replacing the record of the same uri. */
  readonly sources?: readonly SourceRecord[];
  /** Uris of sources whose record is removed, before `sources` are put; unknown ones are ignored. Their documents are not touched. */
  readonly removeSources?: readonly string[];
}

/** See `GraphStore.claimSources`. */
export interface SourceClaim {
  /** Of this run alone. */
  readonly holder: string;
  readonly ttlMs: number;
  readonly limit?: number | undefined;
}

/** Exclusive right to write, in this and all other processes. `release` is idempotent. */
export interface WriterLease extends AsyncDisposable {
  commit(collection: string, batch: WriteBatch): Promise<{ generation: number }>;
  setEnabled(collection: string, documentIds: readonly string[], enabled: boolean): Promise<{ generation: number }>;
  /**
   * Keeps vectors of another embedder beside those in use, unseen by readers; does not raise the generation.
   * They go when their document is put again or removed.
   */
  stageVectors(
    collection: string,
    embedder: { readonly id: string; readonly dimensions: number },
    vectors: ReadonlyMap<string, QuantisedVectors>,
  ): Promise<void>;
  /**
   * Puts the staged vectors of that embedder in use and stamps it, in one transaction; all documents count as changed.
   * Staged vectors of other embedders are dropped.
   * @throws StoreError `VECTORS_MISSING` when a passage has none; nothing is changed then
   */
  switchEmbedder(
    collection: string,
    embedder: { readonly id: string; readonly dimensions: number },
  ): Promise<{ generation: number }>;
  createCollection(name: string, embedder: { readonly id: string; readonly dimensions: number }): Promise<void>;
  deleteCollection(name: string): Promise<void>;
  release(): Promise<void>;
}

/** What re-embedding needs of a passage. */
export interface UnstagedPassage {
  /** Title of its document. */
  readonly title: string;
  readonly passage: PassageRecord;
  /** Flat sentence spans, as in its contribution. */
  readonly sentences: readonly number[];
}
