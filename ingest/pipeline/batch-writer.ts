/** Embeds, folds and commits batches one after the other: each a transaction that leaves the graph whole. */
import type { DocumentRecord } from '../../graph-schema/index.js';
import { MentionFold } from '../../src/graph/mention-fold.js';
import type { IndexDocument } from '../../src/index/index-source.js';
import type { StoredDocument, WriterLease } from '../../src/ports/index.js';
import { Batch, type DescribedDocument } from './batch.js';
import type { IngestContext } from './context.js';
import { embedPassages } from './embed-passages.js';
import { requireCollection } from './ensure-collection.js';
import {
  type BatchContent,
  type ForeignChanges,
  ForeignDocuments,
  reconcile,
  tellReadings,
} from './foreign-changes.js';
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
  /** Called after each commit. */
  readonly onCommitted?: () => Promise<void>;
}

export class BatchWriter {
  /** Documents that other processes put since the writer was made. */
  readonly foreign = new ForeignDocuments();
  #batch: Batch;
  #fold: MentionFold | undefined;
  /** That of the fold, and of all that this writer knows. */
  #generation: number;
  readonly #readings = new Map<string, SourceReading>();
  #finished: string[] = [];

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

  /** The reading is told what other processes do to its documents until it is finished and stored. */
  begin(reading: SourceReading): void {
    if (this.turns.shared) this.#readings.set(reading.uri, reading);
  }

  /** All of the reading is in batches. */
  finish(reading: SourceReading): void {
    if (this.turns.shared) this.#finished.push(reading.uri);
  }

  /** Commits when the batch is full. */
  async commitIfFull(signal?: AbortSignal): Promise<void> {
    if (this.#batch.full) await this.commit(signal);
  }

  /** Commits what was collected, if anything. A signal that is aborted already stops only what waits for others. */
  async commit(signal?: AbortSignal): Promise<void> {
    const batch = this.#batch;
    if (batch.empty) return;
    const put = await this.#embed(batch.put, signal);
    const waiting = signal?.aborted === true ? undefined : signal;
    await this.turns.take(async (lease) => {
      const foreign = this.turns.shared ? await this.#catchUp() : undefined;
      await this.#write(lease, foreign === undefined ? { ...contentOf(batch), put } : this.#merge(put, foreign));
    }, waiting);
    for (const uri of this.#finished) this.#readings.delete(uri);
    this.#finished = [];
    this.#batch = new Batch(this.options.batchPassages);
    await this.options.onCommitted?.();
  }

  /** Commits what was collected and looks at what other processes wrote, between two sources. */
  async refresh(signal?: AbortSignal): Promise<void> {
    await this.commit(signal);
    if (this.turns.shared) await this.turns.take(() => this.#catchUp(), signal);
  }

  /** Brings the index to the last commit and persists it. The writer is done then. */
  async persistIndex(): Promise<void> {
    const table = this.#fold?.table;
    const written = table === undefined ? {} : { written: { generation: this.#generation, table } };
    await this.context.index.current(this.options.collection, { persist: true, ...written });
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

  #merge(put: readonly StoredDocument[], foreign: ForeignChanges): BatchContent {
    const batch = this.#batch;
    const incomplete = (source: string): boolean => this.#readings.get(source)?.incomplete === true;
    tellReadings(this.#readings.values(), foreign, new Set(put.map(({ document }) => document.id)));
    return reconcile({ ...contentOf(batch), put }, foreign, { foreign: this.foreign, batch, incomplete });
  }

  /** Takes in what other processes wrote since the last commit; undefined when nothing. */
  async #catchUp(): Promise<ForeignChanges | undefined> {
    const { store, embedder } = this.context;
    const { collection } = this.options;
    if ((await store.generation(collection)) === this.#generation) return undefined;
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
    return { put: records, removed, complete };
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
