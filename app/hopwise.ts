/** The library's front door: everything a program does with hopwise, in one class. CLI and HTTP use nothing else. */

import type { PassageRecord } from '../graph-schema/index.js';
import {
  deleteDocuments,
  type IngestSummary,
  ingest,
  reembed,
  type SourceRef,
  setDocumentsEnabled,
  textSource,
} from '../ingest/index.js';
import { type Answer, type AskEvent, ask, askStream, type SearchResult, search } from '../queries/index.js';
import type { CollectionInfo, CypherRows, DocumentSummary, Page } from '../src/index.js';
import { abortable } from './abortable.js';
import { collectionOf, collectionStatus, deleteCollection } from './collections.js';
import { compose, type Services } from './compose.js';
import { editContext, ingestContext, queryContext } from './contexts.js';
import { allDocuments, findDocument } from './documents.js';
import { drawGraph } from './draw-graph.js';
import { explore } from './explore.js';
import { importCollection } from './import-collection.js';
import { ingestPaths, ingestWatching } from './ingest-paths.js';
import type {
  AskCallOptions,
  CallOptions,
  CollectionStatus,
  CypherCallOptions,
  DocumentDetail,
  DocumentPageOptions,
  GivenDocument,
  GraphCallOptions,
  GraphDrawing,
  IngestCallOptions,
  OpenOptions,
  QuestionOptions,
  ReembedCallOptions,
  WatchCallOptions,
} from './options.js';
import { restoreBackup } from './restore-backup.js';
import { loadSettings, type Settings } from './settings.js';

/**
 * A store of documents, open for questions and changes.
 *
 * @example
 * ```ts
 * import { Hopwise } from 'hopwise';
 * await using hopwise = await Hopwise.open({ store: '.hopwise' });
 * await hopwise.ingest(['docs']);
 * const { answer, citations } = await hopwise.ask('Who designed the lighthouse that Ines Marlowe kept?');
 * console.log(answer, citations);
 * ```
 */
export class Hopwise implements AsyncDisposable {
  private constructor(private readonly services: Services) {}

  /**
   * Opens (and by default creates) a store.
   * @throws UsageError for settings that cannot be used
   * @throws StoreError when the store is missing, damaged or of another version
   */
  static async open(options: OpenOptions = {}): Promise<Hopwise> {
    const { create = true, ...overrides } = options;
    return new Hopwise(await compose(await loadSettings(overrides), { create }));
  }

  get settings(): Settings {
    return this.services.settings;
  }

  private name(options: CallOptions): string {
    return collectionOf(this.settings, options);
  }

  /** The options with the name of the collection that they mean. */
  private named<T extends CallOptions>(options: T): T & { readonly collection: string } {
    return { ...options, collection: this.name(options) };
  }

  /**
   * Ingests files and folders: new ones are added, changed ones replaced, unchanged ones skipped. A source that cannot be
   * read is quarantined and the batch goes on.
   * @throws StoreLockedError while another process writes
   * @throws StoreError when the store is full or lost; what was committed is kept
   */
  async ingest(paths: string | readonly string[], options: IngestCallOptions = {}): Promise<IngestSummary> {
    return ingestPaths(this.services, typeof paths === 'string' ? [paths] : paths, this.named(options));
  }

  /**
   * Ingests again after every burst of changes under the paths, what is gone included, until the signal aborts. The store
   * is held for writing only during a run.
   * @returns the number of runs
   */
  async watch(paths: readonly string[], options: WatchCallOptions): Promise<number> {
    return ingestWatching(this.services, paths, this.named(options));
  }

  /** Ingests documents given as text or bytes; see `ingest`. */
  async ingestGiven(
    documents: readonly GivenDocument[],
    options: Omit<IngestCallOptions, 'prune'> = {},
  ): Promise<IngestSummary> {
    async function* sources(): AsyncIterable<SourceRef> {
      for (const document of documents) yield textSource(document);
    }
    return ingest(await ingestContext(this.services), sources(), this.named(options));
  }

  /**
   * Answers a question from the documents, or says that they do not answer.
   * @throws UsageError for a question that is empty or too long
   * @throws ModelError with `llm: 'required'` when the model fails
   */
  async ask(question: string, options: AskCallOptions = {}): Promise<Answer> {
    return ask(await queryContext(this.services), question, this.named(options));
  }

  /** The same, in pieces: text as it is written, at last the whole answer object. */
  async *askStream(question: string, options: AskCallOptions = {}): AsyncIterable<AskEvent> {
    yield* askStream(await queryContext(this.services), question, this.named(options));
  }

  /** Ranked passages without an answer. */
  async search(query: string, options: QuestionOptions = {}): Promise<SearchResult> {
    return search(await queryContext(this.services), query, this.named(options));
  }

  /**
   * Draws the neighbourhood of an entity, given by name, spelling or key, or the path of the answer to a question.
   * @throws NotFoundError `ENTITY_NOT_FOUND` naming the nearest entities
   * @throws UsageError `BAD_GRAPH_OPTION`
   */
  async graph(entityOrQuestion: string, options: GraphCallOptions = {}): Promise<GraphDrawing> {
    const { store, limits } = this.services;
    const { signal } = options;
    const collection = (await this.status(options)).collection.name;
    return drawGraph(
      { store, limits, collection, ask: (question) => this.ask(question, { collection, signal }) },
      entityOrQuestion,
      options,
    );
  }

  /**
   * Rows of a Cypher statement that reads the graph; dispose of them, or read them to their end.
   * @throws CypherError, CypherLimitError, CypherUnavailableError as `CypherLens.explore` does
   */
  async cypher(statement: string, options: CypherCallOptions = {}): Promise<CypherRows> {
    return explore(this.services, this.name(options), statement, options);
  }

  /** All documents, by uri. */
  async *documents(options: CallOptions = {}): AsyncIterable<DocumentSummary> {
    yield* allDocuments(this.services.store, this.name(options), options.signal);
  }

  /** One page of documents by uri; pass `next` as `after` to go on. */
  async documentPage(options: DocumentPageOptions): Promise<Page<DocumentSummary>> {
    const { limit, after } = options;
    return this.services.store.documents(this.name(options), { limit, ...(after === undefined ? {} : { after }) });
  }

  /**
   * One document by id or uri, with its text and passages.
   * @throws NotFoundError `DOCUMENT_NOT_FOUND`
   */
  async document(idOrUri: string, options: CallOptions = {}): Promise<DocumentDetail> {
    return findDocument(this.services.store, this.name(options), idOrUri);
  }

  /** A passage by id, or undefined. */
  async passage(id: string, options: CallOptions = {}): Promise<PassageRecord | undefined> {
    return (await this.services.store.passages(this.name(options), [id]))[0];
  }

  /** Deletes documents by id or uri. @throws NotFoundError for an unknown one, with nothing deleted. */
  async delete(idsOrUris: readonly string[], options: CallOptions = {}): Promise<{ readonly deleted: number }> {
    const collection = this.name(options);
    const context = await editContext(this.services);
    const result = await deleteDocuments(context, collection, idsOrUris, { signal: options.signal });
    // What is deleted by name is not to lie about in a derived file until somebody uses that again.
    this.services.forgetLens(collection);
    return result;
  }

  /** Hides documents from questions without deleting them, or shows them again. */
  async setEnabled(
    idsOrUris: readonly string[],
    enabled: boolean,
    options: CallOptions = {},
  ): Promise<{ readonly changed: number }> {
    return setDocumentsEnabled(this.services, this.name(options), idsOrUris, enabled);
  }

  async collections(): Promise<readonly CollectionInfo[]> {
    return this.services.store.collections();
  }

  /** Deletes a collection with everything in it. @throws NotFoundError `COLLECTION_UNKNOWN` */
  async deleteCollection(name: string): Promise<void> {
    await deleteCollection(this.services, this.name({ collection: name }));
  }

  /** The collection's counts and quarantined sources. @throws NotFoundError `COLLECTION_UNKNOWN` */
  async status(options: CallOptions = {}): Promise<CollectionStatus> {
    return collectionStatus(this.services, this.name(options));
  }

  /**
   * Computes all vectors again with the configured embedder, without extracting again. The old ones stay in use until
   * all are there; an interrupted call is gone on with by the next.
   * @returns passages embedded by this call; 0 when the collection has that embedder already
   */
  async reembed(options: ReembedCallOptions = {}): Promise<{ readonly passages: number }> {
    return reembed(await editContext(this.services), this.name(options), options);
  }

  /** The whole collection as JSONL lines. */
  export(options: CallOptions = {}): AsyncIterable<string> {
    return abortable(this.services.store.export(this.name(options)), options.signal);
  }

  /**
   * Loads an export into a collection that does not exist yet, as one transaction.
   * @throws UsageError when the collection exists, or a line is broken (naming it), with nothing stored
   */
  async import(lines: AsyncIterable<string>, options: CallOptions = {}): Promise<CollectionInfo> {
    return importCollection(this.services, this.name(options), lines, options.signal);
  }

  /**
   * Loads the collections of a backup that a Neo4j store made, each under its own name and as one transaction; the first
   * that is broken ends it, and those before it stay.
   * @param options.collection restores this one alone
   * @throws UsageError when one exists (then nothing is loaded), a line is broken (naming it), or it is no such backup;
   *   NotFoundError when it does not hold the collection
   */
  restore(lines: AsyncIterable<string>, options: CallOptions = {}): Promise<readonly CollectionInfo[]> {
    return restoreBackup(this.services, lines, options);
  }

  /**
   * A consistent copy of the store while it is in use: of the embedded store its file, of a Neo4j a file of all exports
   * for `restore`.
   */
  async backup(path: string): Promise<void> {
    await this.services.store.backup(path);
  }

  /** Problems found in the store, empty when sound. */
  async check(): Promise<readonly string[]> {
    return this.services.store.check();
  }

  async close(): Promise<void> {
    await this.services[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
