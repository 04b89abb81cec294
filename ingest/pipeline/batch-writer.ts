/** Embeds, folds and commits batches one after the other: each a transaction that leaves the graph whole. */
import { MentionFold } from '../../src/graph/mention-fold.js';
import type { StoredDocument, WriterLease } from '../../src/ports/index.js';
import { Batch, type DescribedDocument } from './batch.js';
import type { IngestContext } from './context.js';
import { embedPassages } from './embed-passages.js';

export class BatchWriter {
  #batch: Batch;
  #fold: MentionFold | undefined;
  #generation = -1;

  constructor(
    private readonly context: Pick<IngestContext, 'embedder' | 'index'>,
    private readonly lease: WriterLease,
    private readonly collection: string,
    private readonly batchPassages: number,
  ) {
    this.#batch = new Batch(batchPassages);
  }

  /** The batch being collected. */
  get batch(): Batch {
    return this.#batch;
  }

  /** Commits when the batch is full. */
  async commitIfFull(signal?: AbortSignal): Promise<void> {
    if (this.#batch.full) await this.commit(signal);
  }

  /** Commits what was collected, if anything. */
  async commit(signal?: AbortSignal): Promise<void> {
    const batch = this.#batch;
    if (batch.empty) return;
    const put = await this.#embed(batch.put, signal);
    const { remove, records, failures, resolved, sources, removeSources } = batch;
    // A batch of failures and records alone leaves the fold as it is: do not load it for that.
    const fold = put.length + remove.length > 0 ? await this.#loadFold() : undefined;
    const mentions = fold?.apply({ put, remove }) ?? new Map<string, never>();
    const rest = { remove, records, mentions, failures, resolved, sources, removeSources };
    try {
      this.#generation = (await this.lease.commit(this.collection, { put, ...rest })).generation;
    } catch (error) {
      // The fold holds what the store does not: no index may be made of it.
      this.#fold = undefined;
      throw error;
    }
    this.#batch = new Batch(this.batchPassages);
  }

  /** Brings the index to the last commit and persists it. The writer is done then. */
  async persistIndex(): Promise<void> {
    const table = this.#fold?.table;
    const written = table === undefined ? {} : { written: { generation: this.#generation, table } };
    await this.context.index.current(this.collection, { persist: true, ...written });
  }

  async #loadFold(): Promise<MentionFold> {
    this.#fold ??= MentionFold.fromIndex(await this.context.index.current(this.collection));
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
