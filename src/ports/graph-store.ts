/**
 * The store of the graph, as domain operations, never query strings. Every adapter passes one contract suite.
 * All methods take a collection (the tenant key) and never read outside it. Unknown collections throw NotFoundError,
 * a lost or full store throws StoreError. Lists are in id order unless said otherwise.
 */
import type { DocumentRecord, EntityType, Mention, PassageRecord } from '../../graph-schema/index.js';
import type { Changes, DocumentStamp, MentionChanges } from './changes.js';
import type { EntityView, EvidenceRequest, RelationView, StoredEvidence } from './graph-views.js';
import type {
  CollectionInfo,
  DocumentSummary,
  Failure,
  Page,
  PageRequest,
  SourceRecord,
  StoredSource,
} from './stored.js';
import type { SourceClaim, UnstagedPassage, WriterLease } from './writes.js';

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
