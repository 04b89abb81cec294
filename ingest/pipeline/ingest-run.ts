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
  #stored = new Map<string, StoredSource>();
  #expected = new Set<string>();
  /** Rises when what was read of stored sources may be outdated. */
  #outdated = 0;
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
    this.#expected = new Set(sources);
    this.#stored.clear();
    await this.#load([...this.#expected]);
  }

  /** Other processes have written: what was read of sources is asked again. */
  forgetStored(): void {
    this.#outdated++;
    this.#stored.clear();
  }

  /** Gives what is stored of a source to `take`, at once: nothing is noticed of others in between. */
  async withStored<T>(source: string, take: (stored: StoredSource) => T): Promise<T> {
    for (;;) {
      const known = this.#stored.get(source);
      if (known !== undefined) return take(known);
      await this.#load(this.#expected.has(source) ? [...this.#expected] : [source]);
    }
  }

  /** Nothing more is asked of the source. */
  passed(source: string): void {
    this.#expected.delete(source);
    this.#stored.delete(source);
  }

  async #load(sources: readonly string[]): Promise<void> {
    const before = this.#outdated;
    const stored = await this.context.store.storedSources(this.options.collection, sources);
    if (before === this.#outdated) for (const one of stored) this.#stored.set(one.uri, one);
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
