/** What the next transaction will hold, while it is collected. */
import type { DocumentRecord } from '../../graph-schema/index.js';
import type { Failure, SourceRecord } from '../../src/ports/index.js';
import type { DescribedPassage } from './describe-document.js';
import { DocumentHistory } from './document-history.js';
import { MAX_BATCH_CHARS } from './options.js';

/** Of a full batch. */
const WORTHWHILE = 0.25;

/** A document ready to be embedded and stored. */
export interface DescribedDocument {
  readonly document: DocumentRecord;
  readonly text: string;
  readonly passages: readonly DescribedPassage[];
}

export class Batch {
  readonly put: DescribedDocument[] = [];
  readonly remove: string[] = [];
  /** Of stored documents whose passages stay. */
  readonly records: DocumentRecord[] = [];
  readonly failures: Failure[] = [];
  readonly resolved: string[] = [];
  readonly sources: SourceRecord[] = [];
  readonly removeSources: string[] = [];
  /** Of `remove` and `removeSources`, those whose source was not among the sources given. */
  readonly pruned = new Set<string>();
  readonly prunedSources = new Set<string>();
  /** Documents that are or will be among `put`: noted before they are described. */
  readonly coming = new Set<string>();
  /** What happened in the store since the batch began, but for its own commit. */
  readonly history = new DocumentHistory();
  /** Sources whose reading is whole with this batch. */
  readonly finished: string[] = [];
  /** Sources of which nothing is left to do once this batch is stored. */
  readonly done: string[] = [];
  #passages = 0;
  #chars = 0;

  /** @param limit passages (or removals) at which the batch is full */
  constructor(private readonly limit: number) {}

  get passages(): number {
    return this.#passages;
  }

  /** Nothing to write at all. */
  get empty(): boolean {
    const { put, remove, records, failures, resolved, sources, removeSources } = this;
    return [put, remove, records, failures, resolved, sources, removeSources].every((list) => list.length === 0);
  }

  get full(): boolean {
    return (
      this.#passages >= this.limit ||
      this.#chars >= MAX_BATCH_CHARS ||
      this.remove.length + this.records.length >= this.limit ||
      this.sources.length + this.failures.length >= 10 * this.limit
    );
  }

  /** So much is there that a commit is worth its round trips. */
  get worthwhile(): boolean {
    return this.#passages >= this.limit * WORTHWHILE || this.#chars >= MAX_BATCH_CHARS * WORTHWHILE;
  }

  add(document: DescribedDocument): void {
    this.put.push(document);
    this.#passages += document.passages.length;
    this.#chars += document.text.length;
  }
}
