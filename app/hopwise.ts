/** The library's front door: everything a program does with hopwise, in one class. CLI and HTTP use nothing else. */

import type { PassageRecord } from '../graph-schema/index.js';
import {
  deleteDocuments,
  type IngestProgress,
  type IngestSummary,
  ingest,
  ingestChanges,
  reembed,
  type SourceRef,
  setDocumentsEnabled,
  textSource,
  type WalkPath,
  walk,
} from '../ingest/index.js';
import { type Answer, type AskEvent, ask, askStream, type SearchResult, search } from '../queries/index.js';
import {
  type CollectionInfo,
  type CypherRows,
  type DocumentSummary,
  type Failure,
  NotFoundError,
  UsageError,
} from '../src/index.js';
import { abortable } from './abortable.js';
import { compose, type Services } from './compose.js';
import { drawGraph } from './draw-graph.js';
import { explore } from './explore.js';

import type {
  AskCallOptions,
  CallOptions,
  CypherCallOptions,
  DocumentDetail,
  GivenDocument,
  GraphCallOptions,
  GraphDrawing,
  IngestCallOptions,
  OpenOptions,
  QuestionOptions,
} from './options.js';
import { pruned, resolvePaths } from './resolve-paths.js';
import { restoreBackup } from './restore-backup.js';
import { collectionNameSchema, loadSettings, type Settings } from './settings.js';
import { watchPaths } from './watch-paths.js';

const PAGE = 500;

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

  private name({ collection }: CallOptions): string {
    if (collection === undefined) return this.services.settings.collection;
    const parsed = collectionNameSchema.safeParse(collection);
    if (parsed.success) return parsed.data;
    throw new UsageError('INVALID_COLLECTION', `"${collection}" is not a name for a collection`, {
      place: { field: 'collection' },
      remedy: `Choose another: ${parsed.error.issues[0]!.message}.`,
    });
  }

  private async ingestContext() {
    const { store, index, clock, limits } = this.services;
    return {
      store,
      index,
      clock,
      limits,
      embedder: await this.services.embedder(),
      extractor: await this.services.extractor(),
    };
  }

  private async queryContext() {
    const { store, index, search, limits, chat } = this.services;
    const base = {
      store,
      index,
      search,
      limits,
      now: () => performance.now(),
      embedder: await this.services.embedder(),
      ranker: await this.services.ranker(),
    };
    return chat === undefined ? base : { ...base, chat };
  }

  /**
   * Ingests files and folders: new ones are added, changed ones replaced, unchanged ones skipped. A source that cannot be
   * read is quarantined and the batch goes on.
   * @throws StoreLockedError while another process writes
   * @throws StoreError when the store is full or lost; what was committed is kept
   */
  async ingest(paths: string | readonly string[], options: IngestCallOptions = {}): Promise<IngestSummary> {
    const roots = await this.resolve(typeof paths === 'string' ? [paths] : paths, options);
    return this.run(this.walk(roots, options), options, await pruned(roots, options));
  }

  /**
   * Ingests again after every burst of changes under the paths, what is gone included, until the signal aborts. The store
   * is held for writing only during a run.
   * @returns the number of runs
   */
  async watch(
    paths: readonly string[],
    options: IngestCallOptions & { readonly onSummary?: ((summary: IngestSummary) => void) | undefined },
  ): Promise<number> {
    const { signal } = options;
    const roots = await this.resolve(paths, options);
    const changes = watchPaths(paths, { signal, ignore: [this.services.folder] });
    return ingestChanges(await this.ingestContext(), changes, () => this.walk(roots, options), {
      ...options,
      prune: await pruned(roots, { prune: true }),
      collection: this.name(options),
    });
  }

  private resolve(paths: readonly string[], options: IngestCallOptions): Promise<WalkPath[]> {
    return resolvePaths(paths, { as: options.as, store: this.services.folder, collection: this.name(options) });
  }

  private walk(roots: readonly WalkPath[], { signal, onWarning }: IngestCallOptions): AsyncIterable<SourceRef> {
    const { limits, folder } = this.services;
    return walk(roots, { limits, exclude: [folder], signal, onWarning });
  }

  /** Ingests documents given as text or bytes; see `ingest`. */
  async ingestGiven(
    documents: readonly GivenDocument[],
    options: Omit<IngestCallOptions, 'prune'> = {},
  ): Promise<IngestSummary> {
    async function* sources(): AsyncIterable<SourceRef> {
      for (const document of documents) yield textSource(document);
    }
    return this.run(sources(), options);
  }

  private async run(
    sources: AsyncIterable<SourceRef>,
    options: IngestCallOptions,
    prune?: { readonly prefixes: readonly string[] },
  ): Promise<IngestSummary> {
    return ingest(await this.ingestContext(), sources, { ...options, prune, collection: this.name(options) });
  }

  /**
   * Answers a question from the documents, or says that they do not answer.
   * @throws UsageError for a question that is empty or too long
   * @throws ModelError with `llm: 'required'` when the model fails
   */
  async ask(question: string, options: AskCallOptions = {}): Promise<Answer> {
    return ask(await this.queryContext(), question, { ...options, collection: this.name(options) });
  }

  /** The same, in pieces: text as it is written, at last the whole answer object. */
  async *askStream(question: string, options: AskCallOptions = {}): AsyncIterable<AskEvent> {
    yield* askStream(await this.queryContext(), question, { ...options, collection: this.name(options) });
  }

  /** Ranked passages without an answer. */
  async search(query: string, options: QuestionOptions = {}): Promise<SearchResult> {
    return search(await this.queryContext(), query, { ...options, collection: this.name(options) });
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
    let after: string | undefined;
    do {
      options.signal?.throwIfAborted();
      const page = await this.documentPage({ ...options, limit: PAGE, ...(after === undefined ? {} : { after }) });
      yield* page.items;
      after = page.next;
    } while (after !== undefined);
  }

  /** One page of documents by uri; pass `next` as `after` to go on. */
  async documentPage(options: CallOptions & { readonly limit: number; readonly after?: string }) {
    const { limit, after } = options;
    return this.services.store.documents(this.name(options), { limit, ...(after === undefined ? {} : { after }) });
  }

  /**
   * One document by id or uri, with its text and passages.
   * @throws NotFoundError
   */
  async document(idOrUri: string, options: CallOptions = {}): Promise<DocumentDetail> {
    const { store } = this.services;
    const collection = this.name(options);
    const found = (await store.document(collection, idOrUri)) ?? (await this.byUri(collection, idOrUri));
    if (found === undefined) {
      throw new NotFoundError('DOCUMENT_NOT_FOUND', `collection "${collection}" has no document "${idOrUri}"`, {
        place: { field: 'id' },
        remedy: 'Take an id or uri from `hopwise documents`.',
      });
    }
    return { ...found, passageList: await store.passagesOf(collection, found.document.id) };
  }

  private async byUri(collection: string, uri: string) {
    const record = await this.services.store.documentByUri(collection, uri);
    return record === undefined ? undefined : this.services.store.document(collection, record.id);
  }

  /** A passage by id, with its document's uri, or undefined. */
  async passage(id: string, options: CallOptions = {}): Promise<PassageRecord | undefined> {
    return (await this.services.store.passages(this.name(options), [id]))[0];
  }

  /** Deletes documents by id or uri. @throws NotFoundError for an unknown one, with nothing deleted. */
  async delete(idsOrUris: readonly string[], options: CallOptions = {}): Promise<{ readonly deleted: number }> {
    const collection = this.name(options);
    const result = await deleteDocuments(await this.ingestContext(), collection, idsOrUris, { signal: options.signal });
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

  /** Deletes a collection with everything in it. @throws NotFoundError */
  async deleteCollection(name: string): Promise<void> {
    const { store, limits, search } = this.services;
    const { collection } = await this.status({ collection: name });
    await using lease = await store.acquireWriter({ waitMs: limits.writerWaitMs });
    await lease.deleteCollection(collection.name);
    this.services.forgetLens(collection.name);
    await search.forget(collection.name);
  }

  /** The collection's counts and quarantined sources. @throws NotFoundError */
  async status(
    options: CallOptions = {},
  ): Promise<{ readonly collection: CollectionInfo; readonly failures: readonly Failure[] }> {
    const name = this.name(options);
    const collection = await this.services.store.collection(name);
    if (collection === undefined) {
      throw new NotFoundError('COLLECTION_NOT_FOUND', `the store has no collection "${name}"`, {
        place: { field: 'collection' },
        remedy: 'Ingest documents first, or name one that `hopwise collections` lists.',
      });
    }
    return { collection, failures: await this.services.store.failures(name) };
  }

  /** Computes all vectors again with the configured embedder, without extracting again. */
  async reembed(options: CallOptions & { readonly onProgress?: (progress: IngestProgress) => void } = {}) {
    const { signal, onProgress } = options;
    return reembed(await this.ingestContext(), this.name(options), {
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
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
    const { store, limits, index } = this.services;
    const { signal } = options;
    const waitMs = limits.writerWaitMs;
    await using lease = await store.acquireWriter(signal === undefined ? { waitMs } : { waitMs, signal });
    const info = await store.import(lease, this.name(options), abortable(lines, signal));
    // Only a writer persists the index; without it every later process would build it again.
    await index.current(info.name, { persist: true });
    return info;
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
