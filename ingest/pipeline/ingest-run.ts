/** What the steps of one run share: context, options, the batch being collected and the counts so far. */
import type { Failure, StoredSource } from '../../src/ports/index.js';
import type { IngestProgress, Quarantined } from '../types.js';
import type { BatchWriter } from './batch-writer.js';
import type { IngestContext } from './context.js';
import { quarantinedOf } from './failure-of.js';
import type { IngestOptions } from './options.js';
import type { Recipe } from './recipe.js';

export class IngestRun {
  added = 0;
  updated = 0;
  unchanged = 0;
  deleted = 0;
  /** Passages stored. */
  passages = 0;
  sources = 0;
  bytes = 0;
  /** Sources that were given and could not be read whole; pruning spares what lies at and below them. */
  readonly unread = new Set<string>();
  readonly #quarantined = new Map<string, Quarantined>();
  #stored: ReadonlyMap<string, StoredSource> = new Map();
  #storedFailures = new Map<string, Failure[]>();

  constructor(
    readonly context: IngestContext,
    readonly options: IngestOptions,
    readonly recipe: Recipe,
    readonly writer: BatchWriter,
    readonly totals: { readonly sources: number; readonly bytes: number },
    storedFailures: readonly Failure[],
  ) {
    this.storedFailures(storedFailures);
  }

  /** What is stored of failures now. */
  storedFailures(failures: readonly Failure[]): void {
    this.#storedFailures = new Map();
    for (const failure of failures) {
      const source = failure.source ?? failure.uri;
      const list = this.#storedFailures.get(source);
      if (list === undefined) this.#storedFailures.set(source, [failure]);
      else list.push(failure);
    }
  }

  /** Asks at once what is stored of the sources that come next: many small questions cost a server's distance each. */
  async expect(sources: readonly string[]): Promise<void> {
    const stored = await this.context.store.storedSources(this.options.collection, sources);
    this.#stored = new Map(stored.map((one) => [one.uri, one]));
  }

  /** What is stored of a source. */
  async storedOf(source: string): Promise<StoredSource> {
    const known = this.#stored.get(source);
    return known ?? (await this.context.store.storedSources(this.options.collection, [source]))[0]!;
  }

  /** Failures that earlier runs left of a source and its parts. */
  failuresOf(source: string): readonly Failure[] {
    return this.#storedFailures.get(source) ?? [];
  }

  /** Sources with failures of earlier runs. */
  failedSources(): Iterable<string> {
    return this.#storedFailures.keys();
  }

  report(failure: Failure): void {
    this.#quarantined.set(failure.uri, quarantinedOf(failure));
  }

  /** By uri in code unit order. */
  quarantined(): Quarantined[] {
    return [...this.#quarantined.values()].sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0));
  }

  progress(phase: IngestProgress['phase'], uri?: string): void {
    this.options.onProgress?.({
      phase,
      sources: this.sources,
      totalSources: this.totals.sources,
      bytes: this.bytes,
      totalBytes: this.totals.bytes,
      documents: this.added + this.updated + this.unchanged,
      passages: this.passages,
      quarantined: this.#quarantined.size,
      ...(uri === undefined ? {} : { uri }),
    });
  }
}
