/**
 * The store of the graph, as domain operations, never query strings. Every adapter passes one contract suite.
 * All methods take a collection (the tenant key) and never read outside it. Unknown collections throw NotFoundError,
 * a lost or full store throws StoreError. Lists are in id order unless said otherwise.
 */
import type {
  Contribution,
  DocumentRecord,
  EntityType,
  Mention,
  PassageRecord,
  Relation,
} from '../../graph-schema/index.js';

export interface CollectionInfo {
  readonly name: string;
  /** Embedder id and dimensions stamped at creation (or by `restampEmbedder`). */
  readonly embedder: { readonly id: string; readonly dimensions: number };
  /**
   * Raised by one in the transaction of each write. A collection made under the name of a deleted one goes on above its
   * last, so that no reader takes the new one for the old.
   */
  readonly generation: number;
  /**
   * `entities`: keys that some passage mentions. `relations`: as stated, once a passage and statement. `mentions`:
   * occurrences, that is spans, or one where only the title names the entity.
   */
  readonly counts: {
    readonly documents: number;
    readonly passages: number;
    readonly entities: number;
    readonly relations: number;
    readonly mentions: number;
    readonly failures: number;
  };
}

/** Everything stored of one passage before the fold. */
export interface PassageBundle {
  readonly passage: PassageRecord;
  readonly contribution: Contribution;
  /** Sentence vectors, row 0 the title: int8 rows of the collection's dimensions, each with its scale. See `QuantisedVectors`. */
  readonly vectors: QuantisedVectors;
}

/** Rows of int8; row i stands for `scale[i] * rows[i]`, a unit vector (or zero when scale is 0). */
export interface QuantisedVectors {
  readonly dimensions: number;
  readonly scale: Float32Array;
  readonly rows: Int8Array;
}

export interface StoredDocument {
  readonly document: DocumentRecord;
  /** Text as the reader decoded it. */
  readonly text: string;
  readonly passages: readonly PassageBundle[];
}

/** A source that could not be ingested. Cleared when the uri is stored or cleared explicitly. */
export interface Failure {
  readonly uri: string;
  /** Uri of the source when `uri` names a part of it (`file.jsonl#line 3`); absent when `uri` is the source itself. */
  readonly source?: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** Hash of what was tried, so that the next run tries again only when it changed; empty: always try again. */
  readonly contentHash: string;
  readonly failedAt: string;
}

/** A source that was read to its end: written in the transaction that stores the last of its documents. */
export interface SourceRecord {
  readonly uri: string;
  /** SHA-256 of its bytes, its date and the options and versions it was read with: equal means nothing to do. */
  readonly contentHash: string;
}

/** What is stored of a source. */
export interface StoredSource {
  readonly uri: string;
  /** Absent when it was not read to its end. */
  readonly record?: SourceRecord;
  /** By uri in code unit order. */
  readonly documents: readonly DocumentRecord[];
}

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

export interface Page<T> {
  readonly items: readonly T[];
  /** Pass as `after` to go on; absent at the end. */
  readonly next?: string;
}

export interface PageRequest {
  /** Exclusive start, as given by `next`. */
  readonly after?: string;
  /** 1..1000 */
  readonly limit: number;
}

export interface DocumentSummary {
  readonly document: DocumentRecord;
  readonly passages: number;
  readonly characters: number;
}

/** What the store knows of a document beside its record. */
export interface DocumentStamp {
  readonly id: string;
  /** Of the collection, when the document was put or changed last. */
  readonly generation: number;
  /** UTF-16 code units of its text. */
  readonly characters: number;
}

export interface PassageMentions {
  readonly documentId: string;
  readonly passageId: string;
  /** In key order; empty when the passage mentions nothing. */
  readonly mentions: readonly Mention[];
}

export interface MentionChanges {
  readonly generation: number;
  /** By document id, then in document order. Streamed, one consistent snapshot. */
  readonly passages: AsyncIterable<PassageMentions>;
}

/** What a reader with an older index needs. `removed` and `put` are disjoint; a replaced document is in `put` only. */
export interface Changes {
  readonly generation: number;
  /** Document ids that no longer exist. Empty when `complete`. */
  readonly removed: readonly string[];
  /** Documents put or changed since; all documents when `complete`. Streamed in id order, one consistent snapshot. */
  readonly put: AsyncIterable<Omit<StoredDocument, 'text'>>;
  /** The log does not reach back to `since` (or since is 0): `put` holds everything. */
  readonly complete: boolean;
}

/** An entity aggregated over its mentions when read. */
export interface EntityView {
  readonly key: string;
  /** Most frequent surface, ties by code unit order. */
  readonly name: string;
  /** Most frequent type other than `other`, ties in the order of ENTITY_TYPES. */
  readonly type: EntityType;
  /** All surfaces, most frequent first. */
  readonly surfaces: readonly string[];
  /** Occurrences, as in `CollectionInfo.counts`; surfaces and types are weighed by them too. */
  readonly mentions: number;
  readonly passages: number;
  readonly documents: number;
}

/** See `GraphStore.evidence`. */
export interface EvidenceRequest {
  readonly passages: readonly string[];
  readonly documents: readonly string[];
  /** Of the index that the ids were found in. */
  readonly generation: number;
}

export interface PassageEvidence {
  readonly passage: PassageRecord;
  /** In key order. */
  readonly mentions: readonly Mention[];
}

export interface StoredEvidence {
  readonly passages: readonly PassageEvidence[];
  readonly documents: readonly DocumentRecord[];
}

/** A relation as one passage states it. */
export interface RelationView extends Relation {
  readonly passageId: string;
  readonly documentId: string;
}

export interface GraphStore extends AsyncDisposable {
  readonly kind: string;
  collections(): Promise<readonly CollectionInfo[]>;
  collection(name: string): Promise<CollectionInfo | undefined>;
  /** Waits up to `waitMs`, then throws StoreLockedError naming pid, host and start of the holder. */
  acquireWriter(options: { readonly waitMs: number; readonly signal?: AbortSignal }): Promise<WriterLease>;

  /**
   * Whether several processes may ingest at once, each taking the writer for one commit at a time. Where false, a writer
   * keeps it for a whole run, which is cheaper.
   */
  readonly sharedWriting: boolean;
  /**
   * Claims sources for one of several processes that share a corpus, so that none is read twice: of `uris` the first
   * `limit` (default all), in the order given, that no other holder has claimed. Those the holder has already are
   * renewed. A claim ends `ttlMs` after it was made or renewed, by the store's clock. It grants no right to write, raises
   * no generation and is in no export.
   */
  claimSources(collection: string, uris: readonly string[], claim: SourceClaim): Promise<readonly string[]>;
  /** Ends claims of a holder, all of them by default; others are ignored. */
  releaseSources(collection: string, holder: string, uris?: readonly string[]): Promise<void>;

  generation(collection: string): Promise<number>;
  changes(collection: string, since: number): Promise<Changes>;
  /** Of the documents put or changed after generation `since`, -1 for all of them. */
  stamps(collection: string, since: number): Promise<readonly DocumentStamp[]>;
  /**
   * Passages whose folded mentions may have changed after generation `since`, -1 for all: those of documents put or
   * changed among them, and those that other documents' names gave or took mentions.
   */
  mentionsSince(collection: string, since: number): Promise<MentionChanges>;

  document(collection: string, id: string): Promise<(DocumentSummary & { readonly text: string }) | undefined>;
  /** By uri in code unit order; `after` is a uri. */
  documents(collection: string, page: PageRequest): Promise<Page<DocumentSummary>>;
  documentByUri(collection: string, uri: string): Promise<DocumentRecord | undefined>;
  /** Records without texts, in the order asked; unknown ids are left out. */
  documentRecords(collection: string, ids: readonly string[]): Promise<readonly DocumentRecord[]>;
  /** In document order. */
  passagesOf(collection: string, documentId: string): Promise<readonly PassageRecord[]>;
  /** In the order asked; unknown ids are left out. */
  passages(collection: string, ids: readonly string[]): Promise<readonly PassageRecord[]>;
  /** In key order, whatever the order put. */
  mentionsOf(collection: string, passageId: string): Promise<readonly Mention[]>;
  /** As `mentionsOf` of each, in the order asked; empty for unknown ids. */
  mentionsOfEach(collection: string, passageIds: readonly string[]): Promise<readonly (readonly Mention[])[]>;

  /**
   * What an answer cites, read at once. In the order asked; unknown ids are left out. A store that is a network away may
   * give what it read before at the generation named, if that was the collection's when it was last asked for it
   * (`collection`); else it reads.
   */
  evidence(collection: string, request: EvidenceRequest): Promise<StoredEvidence>;

  entity(collection: string, key: string): Promise<EntityView | undefined>;
  /** In the order asked, at most 1000 keys; undefined for one that no passage mentions. */
  entitiesOf(collection: string, keys: readonly string[]): Promise<readonly (EntityView | undefined)[]>;
  /** In code unit order of the key; `prefix` on the key. */
  entities(
    collection: string,
    page: PageRequest & { readonly prefix?: string; readonly type?: EntityType },
  ): Promise<Page<EntityView>>;
  /** Relations with one of the keys at either end, strongest confidence first, then passage id, then position; at most `limit`, 1..1000. */
  relationsOf(collection: string, keys: readonly string[], limit: number): Promise<readonly RelationView[]>;
  /** Entities that share a passage with each key, most shared first, then by key; at most `limit` a key, 1..1000. */
  neighbours(
    collection: string,
    keys: readonly string[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly { readonly key: string; readonly passages: number }[]>>;

  /**
   * Of each group of keys the passages that mention every one of them: the first `limit`, 1..1000, in id order. An empty
   * group, or one with a key that is no entity, has none.
   */
  passagesMentioning(
    collection: string,
    groups: readonly (readonly string[])[],
    limit: number,
  ): Promise<readonly (readonly string[])[]>;

  failures(collection: string): Promise<readonly Failure[]>;

  source(collection: string, uri: string): Promise<SourceRecord | undefined>;
  /** By uri in code unit order; `after` is a uri. */
  sources(collection: string, page: PageRequest): Promise<Page<SourceRecord>>;
  /** Documents whose `source ?? uri` is the uri given, by uri in code unit order. */
  documentsOfSource(collection: string, uri: string): Promise<readonly DocumentRecord[]>;
  /** What `source` and `documentsOfSource` give, for many at once and in the order asked. */
  storedSources(collection: string, uris: readonly string[]): Promise<readonly StoredSource[]>;

  /** The first `limit` passages, in id order, that have no staged vectors of the embedder yet. */
  unstaged(collection: string, embedderId: string, limit: number): Promise<readonly UnstagedPassage[]>;

  /** The whole collection as JSONL records, deterministic but for the header; see docs/data-model.md. */
  export(collection: string): AsyncIterable<string>;
  /**
   * Loads an export into a new collection, whole or not at all. Under another name than the exported collection's, ids
   * are derived anew, as an ingestion under that name would make them.
   * @throws UsageError `COLLECTION_EXISTS`
   * @throws SourceError `IMPORT_BROKEN` naming line and field, `IMPORT_VERSION`
   */
  import(lease: WriterLease, collection: string, lines: AsyncIterable<string>): Promise<CollectionInfo>;

  /** Consistent copy of the whole store while it is in use. */
  backup(path: string): Promise<void>;
  /** Integrity problems found, empty when sound. */
  check(): Promise<readonly string[]>;
  close(): Promise<void>;
}
