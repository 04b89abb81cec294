/**
 * Embeds, folds and commits batches one after the other: each a transaction that leaves the graph whole. Where others
 * write too, a batch waits for its turn and is committed while the next is collected.
 */
import type { DocumentRecord } from '../../graph-schema/index.js';
import { MentionFold } from '../../src/graph/mention-fold.js';
import type { IndexDocument } from '../../src/index/index-source.js';
import type { StoredDocument, WriterLease } from '../../src/ports/index.js';
import { Batch, type DescribedDocument } from './batch.js';
import type { IngestContext } from './context.js';
import type { DocumentChanges } from './document-history.js';
import { embedPassages } from './embed-passages.js';
import { requireCollection } from './ensure-collection.js';
import { type BatchContent, ForeignDocuments, reconcile, tellReadings } from './foreign-changes.js';
import type { SourceReading } from './source-reading.js';
import type { WriteTurns } from './write-turns.js';

/** Documents of other processes folded at once. */
const FOLDED_AT_ONCE = 256;

export interface BatchWriterOptions {
  readonly collection: string;
  /** Passages at which a batch is full. */
  readonly batchPassages: number;
  /** Generation that the caller has seen; only turns that are shared look at what was written since. */
  readonly generation?: number;
  /** Called after each commit, with the batch's `done`. */
  readonly onCommitted?: (done: readonly string[]) => Promise<void>;
  /** Called when what others wrote was noticed. */
  readonly onForeign?: () => void;
}

export class BatchWriter {
  /** Documents that other processes put since the writer was made. */
  readonly foreign = new ForeignDocuments();
  #batch: Batch;
  #fold: MentionFold | undefined;
  /** That of the fold, and of all that this writer knows. */
  #generation: number;
  readonly #readings = new Map<string, SourceReading>();
  /** Batches that take no more, the first of them perhaps being committed; they stay until they are stored. */
  readonly #sealed: Batch[] = [];
  /** The commit that goes on beside the caller. */
  #beside: Promise<void> | undefined;

  constructor(
    private readonly context: Pick<IngestContext, 'embedder' | 'index' | 'store'>,
    private readonly turns: WriteTurns,
    private readonly options: BatchWriterOptions,
  ) {
    this.#batch = new Batch(options.batchPassages);
    this.#generation = options.generation ?? -1;
  }

  /** The batch being collected. */
  get batch(): Batch {
    return this.#batch;
  }

  /** All that was collected is stored. */
  get idle(): boolean {
    return this.#batch.empty && this.#sealed.length === 0;
  }

  /** The reading is told what other processes do to its documents until it is finished and stored. */
  begin(reading: SourceReading): void {
    if (this.turns.shared) this.#readings.set(reading.uri, reading);
  }

  /** All of the reading is in batches. */
  finish(reading: SourceReading): void {
    if (this.turns.shared) this.#batch.finished.push(reading.uri);
  }

  /**
   * Commits when the batch is full; where turns are shared, beside the caller, whom a later call tells of a failure, and
   * sooner when no commit goes on: the server would be idle.
   */
  async commitIfFull(signal?: AbortSignal): Promise<void> {
    const { full, worthwhile } = this.#batch;
    if (!this.turns.shared) return full ? this.commit(signal) : undefined;
    if (!full && !(worthwhile && this.#beside === undefined)) return;
    await this.#settle();
    this.#seal();
    const beside = this.#commitSealed(signal).then(() => {
      if (this.#beside === beside) this.#beside = undefined;
    });
    beside.catch(() => {});
    this.#beside = beside;
  }

  /**
   * Commits what was collected, if anything, and what failed to be committed before. A signal that is aborted already
   * stops only what waits for others.
   */
  async commit(signal?: AbortSignal): Promise<void> {
    try {
      await this.#settle();
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
    this.#seal();
    await this.#commitSealed(signal);
  }

  /** Commits what was collected and looks at what other processes wrote, between two sources. */
  async refresh(signal?: AbortSignal): Promise<void> {
    await this.commit(signal);
    if (this.turns.shared) await this.turns.take(() => this.#catchUp(), signal);
  }

  /** Brings the index to the last commit and persists it. The writer is done then. */
  async persistIndex(): Promise<void> {
    await this.#beside?.catch(() => {});
    const table = this.#fold?.table;
    const written = table === undefined ? {} : { written: { generation: this.#generation, table } };
    await this.context.index.current(this.options.collection, { persist: true, ...written });
  }

  async #settle(): Promise<void> {
    const beside = this.#beside;
    this.#beside = undefined;
    await beside;
  }

  #seal(): void {
    if (this.#batch.empty) return;
    this.#sealed.push(this.#batch);
    this.#batch = new Batch(this.options.batchPassages);
  }

  async #commitSealed(signal: AbortSignal | undefined): Promise<void> {
    for (let batch = this.#sealed[0]; batch !== undefined; batch = this.#sealed[0]) {
      await this.#commitBatch(batch, signal);
      this.#sealed.shift();
      for (const uri of batch.finished) this.#readings.delete(uri);
      await this.options.onCommitted?.(batch.done);
    }
  }

  async #commitBatch(batch: Batch, signal: AbortSignal | undefined): Promise<void> {
    const put = await this.#embed(batch.put, signal);
    const waiting = signal?.aborted === true ? undefined : signal;
    await this.turns.take(async (lease) => {
      if (this.turns.shared) await this.#catchUp();
      const content = this.turns.shared ? this.#reconciled(batch, put) : { ...contentOf(batch), put };
      await this.#write(lease, content);
      this.#record(batch, content);
    }, waiting);
  }

  async #write(lease: WriterLease, content: BatchContent): Promise<void> {
    const { put, remove, ...rest } = content;
    // A batch of failures and records alone leaves the fold as it is: do not load it for that.
    const fold = put.length + remove.length > 0 ? await this.#loadFold() : undefined;
    const mentions = fold?.apply({ put, remove }) ?? new Map<string, never>();
    try {
      const batch = { put, remove, mentions, ...rest };
      this.#generation = (await lease.commit(this.options.collection, batch)).generation;
    } catch (error) {
      // The fold holds what the store does not: no index may be made of it.
      this.#fold = undefined;
      throw error;
    }
  }

  #reconciled(batch: Batch, put: readonly StoredDocument[]): BatchContent {
    const incomplete = (source: string): boolean => this.#readings.get(source)?.incomplete === true;
    return reconcile({ ...contentOf(batch), put }, { foreign: this.foreign, batch, incomplete });
  }

  /** Tells the batches behind this one what it changed. */
  #record(batch: Batch, { put, remove }: BatchContent): void {
    const changes = { put: put.map(({ document }) => document), removed: remove, complete: false };
    for (const later of [...this.#sealed, this.#batch]) if (later !== batch) later.history.add(changes);
  }

  #tell(changes: DocumentChanges): void {
    const batches = [...this.#sealed, this.#batch];
    for (const batch of batches) batch.history.add(changes);
    tellReadings(this.#readings.values(), changes, (id) => batches.some(({ coming }) => coming.has(id)));
  }

  /** Takes in what other processes wrote since the last commit. */
  async #catchUp(): Promise<void> {
    const { store, embedder } = this.context;
    const { collection } = this.options;
    if ((await store.generation(collection)) === this.#generation) return;
    await requireCollection(store, collection, embedder);
    const { generation, put, removed, complete } = await store.changes(collection, this.#generation);
    // A fold of which parts may have gone unnoticed is loaded anew.
    if (complete) this.#fold = undefined;
    const records: DocumentRecord[] = [];
    let unfolded: IndexDocument[] = [];
    const fold = (remove: readonly string[]): void => {
      // What these change in other passages is stored: whoever wrote them has folded those too.
      this.#fold?.apply({ put: unfolded, remove });
      unfolded = [];
    };
    try {
      for await (const document of put) {
        records.push(document.document);
        if (this.#fold !== undefined) unfolded.push(document);
        if (unfolded.length === FOLDED_AT_ONCE) fold([]);
      }
    } catch (error) {
      // Part of the changes may be in the fold.
      this.#fold = undefined;
      throw error;
    }
    fold(removed);
    this.#generation = generation;
    this.foreign.note(records);
    this.#tell({ put: records, removed, complete });
    this.options.onForeign?.();
  }

  async #loadFold(): Promise<MentionFold> {
    this.#fold ??= MentionFold.fromIndex(await this.context.index.current(this.options.collection));
    return this.#fold;
  }

  async #embed(documents: readonly DescribedDocument[], signal?: AbortSignal): Promise<StoredDocument[]> {
    const vectors = await embedPassages(
      documents.flatMap(({ document, passages }) =>
        passages.map(({ passage, contribution }) => ({
          title: document.title,
          text: passage.text,
          sentences: contribution.sentences,
        })),
      ),
      this.context.embedder,
      signal,
    );
    let at = 0;
    return documents.map(({ document, text, passages }) => ({
      document,
      text,
      passages: passages.map((described) => ({ ...described, vectors: vectors[at++]! })),
    }));
  }
}

function contentOf({ remove, records, failures, resolved, sources, removeSources }: Batch): Omit<BatchContent, 'put'> {
  return { remove, records, failures, resolved, sources, removeSources };
}
