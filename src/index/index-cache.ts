/**
 * The index of each collection at the store's generation: in memory, else from its file, else built; brought up to date
 * by the store's changes. Only a writer persists it. Never older than the store was when it was asked for.
 */
import { join } from 'node:path';
import { contentHash } from '../../graph-schema/index.js';
import { NotFoundError, StoreError } from '../errors.js';
import { PassageTable } from '../graph/passage-table.js';
import type { CollectionInfo, GraphStore } from '../ports/index.js';
import { ArrayIndex } from './array-index.js';
import { foldIndex } from './build-index.js';
import { type OpenedIndex, openIndex, saveIndex } from './index-file.js';
import { restoreTable } from './restore-table.js';

interface Entry {
  index: ArrayIndex | undefined;
  /** File that `index` reads from, when it does. */
  file: OpenedIndex | undefined;
  /** Generation of the file that this process wrote or read last. */
  persisted: number | undefined;
  /** The refresh under way. */
  running: Promise<void> | undefined;
}

export interface CurrentOptions {
  /** The collection, where the caller has just read it. */
  readonly known?: CollectionInfo | undefined;
  /** Also write the index to its file; for whoever holds the writer's lease. Default false. */
  readonly persist?: boolean | undefined;
  /**
   * The passages of a collection as the writer left them at a generation. When it is still the store's, the index is
   * folded from them instead of from what the store would have to read back.
   */
  readonly written?: { readonly generation: number; readonly table: PassageTable } | undefined;
}

/** A store asked too often for a consistent view while it changes its embedder. */
const MAX_ATTEMPTS = 5;

/** Writes after which a reader that may keep its index does so again. */
const WRITES_BETWEEN_KEEPING = 20;

export class IndexCache implements Disposable {
  private readonly entries = new Map<string, Entry>();

  /**
   * @param folder where index files lie; must exist when an index is persisted
   * @param options.readersPersist also a reader writes an index that it had to build or change by much: where writers are
   * on other machines, nobody else does. Default false.
   */
  constructor(
    private readonly store: Pick<GraphStore, 'collection' | 'changes'>,
    private readonly folder: string,
    private readonly options: { readonly readersPersist?: boolean | undefined } = {},
  ) {}

  /** File of a collection's index. */
  path(collection: string): string {
    return join(this.folder, `index-${contentHash(collection).slice(0, 16)}.hwx`);
  }

  /**
   * The index at the store's generation. Calls made at the same time share the work.
   * @throws NotFoundError for an unknown collection
   * @throws StoreError when the store fails, or the file cannot be written
   */
  async current(collection: string, options: CurrentOptions = {}): Promise<ArrayIndex> {
    const info = options.known ?? (await this.store.collection(collection));
    if (info === undefined) {
      this.forget(collection);
      throw new NotFoundError('COLLECTION_UNKNOWN', `There is no collection "${collection}"`, {
        place: { field: 'collection' },
        remedy: 'Ingest documents into it first, or list the collections there are.',
      });
    }
    const entry = this.entry(collection);
    // What is under way may have begun before this call's generation; its failure is told to whoever began it.
    while (entry.running !== undefined) await entry.running.catch(() => undefined);
    const isDone = (index: ArrayIndex | undefined): index is ArrayIndex =>
      index !== undefined && isAt(index, info) && (options.persist !== true || entry.persisted === index.generation);
    if (isDone(entry.index)) return entry.index;
    entry.running = this.refresh(collection, entry, info, options);
    try {
      await entry.running;
    } finally {
      entry.running = undefined;
    }
    return entry.index!;
  }

  /** Forgets a collection's index; its file stays. */
  forget(collection: string): void {
    const entry = this.entries.get(collection);
    entry?.file?.[Symbol.dispose]();
    this.entries.delete(collection);
  }

  [Symbol.dispose](): void {
    for (const collection of [...this.entries.keys()]) this.forget(collection);
  }

  private entry(collection: string): Entry {
    let entry = this.entries.get(collection);
    if (entry === undefined) {
      entry = { index: undefined, file: undefined, persisted: undefined, running: undefined };
      this.entries.set(collection, entry);
    }
    return entry;
  }

  private async refresh(
    collection: string,
    entry: Entry,
    info: CollectionInfo,
    options: CurrentOptions,
  ): Promise<void> {
    const { persist, written } = options;
    if (written?.generation === info.generation && entry.index?.generation !== info.generation) {
      this.take(entry, foldIndex({ collection, generation: info.generation, embedder: info.embedder }, written.table));
    }
    if (entry.index === undefined || !isAt(entry.index, info)) await this.load(collection, entry, info);
    if (entry.index === undefined || !isAt(entry.index, info)) {
      const base = entry.index !== undefined && entry.index.generation < info.generation ? entry.index : undefined;
      try {
        this.take(entry, await this.update(collection, base));
      } catch (error) {
        if (base === undefined || !isDamage(error)) throw error;
        this.take(entry, await this.update(collection, undefined));
      }
    }
    const { index } = entry;
    if (persist === true && index !== undefined && entry.persisted !== index.generation) {
      await saveIndex(index, this.path(collection));
      entry.persisted = index.generation;
    } else if (this.options.readersPersist === true && index !== undefined && isWorthKeeping(entry, index)) {
      // What a reader keeps only spares time later: without it the question is answered all the same.
      const kept = await saveIndex(index, this.path(collection)).then(
        () => true,
        () => false,
      );
      if (kept) entry.persisted = index.generation;
    }
  }

  /** Makes an index the current one, and closes the file of the one before when it does not read from it. */
  private take(entry: Entry, index: ArrayIndex): void {
    if (entry.index?.sections !== index.sections) {
      entry.file?.[Symbol.dispose]();
      entry.file = undefined;
    }
    entry.index = index;
  }

  /**
   * Takes the index from its file when that is newer than what is held: a writer's, which spares the fold. A file that is
   * damaged, of another format or collection is as good as none.
   */
  private async load(collection: string, entry: Entry, info: CollectionInfo): Promise<void> {
    let file: OpenedIndex | undefined;
    try {
      file = openIndex(this.path(collection));
      if (file === undefined) return;
      const { index } = file;
      // A writer may have persisted a newer one since; if not, the store was put back to an earlier state.
      const known = index.generation > info.generation ? await this.store.collection(collection) : info;
      const isNewer = entry.index === undefined || index.generation > entry.index.generation;
      if (!isNewer || index.collection !== collection || known === undefined || !isPossible(index, known)) {
        file[Symbol.dispose]();
        return;
      }
      index.preload();
      this.take(entry, index);
      entry.file = file;
      entry.persisted = index.generation;
    } catch (error) {
      file?.[Symbol.dispose]();
      if (!isDamage(error)) throw error;
    }
  }

  /** Reads what changed and folds it in. */
  private async update(collection: string, base: ArrayIndex | undefined): Promise<ArrayIndex> {
    for (let attempt = 1; ; attempt++) {
      const before = await this.store.collection(collection);
      const { generation, complete, removed, put } = await this.store.changes(collection, base?.generation ?? 0);
      const start = (): PassageTable => (base === undefined || complete ? new PassageTable() : restoreTable(base));
      let table = complete || removed.length > 0 ? start() : undefined;
      for (const id of removed) table?.remove(id);
      for await (const document of put) {
        table ??= start();
        table.put(document);
      }
      const after = await this.store.collection(collection);
      // The stamp is not part of the snapshot: it must not have changed while the changes were read.
      if (before !== undefined && after !== undefined && before.embedder.id === after.embedder.id) {
        const { embedder } = before;
        // A write of failures alone raises the generation and changes no document.
        if (table === undefined && base !== undefined)
          return new ArrayIndex({ ...base.header, generation }, base.sections);
        return foldIndex({ collection, generation, embedder }, table ?? start());
      }
      if (attempt === MAX_ATTEMPTS || after === undefined) {
        throw new StoreError('COLLECTION_CHANGING', `The collection "${collection}" is being replaced`, {
          place: { field: 'collection' },
          remedy: 'Try again when the other process is done.',
        });
      }
    }
  }
}

/** A reader's index, which a file is behind by so much that the next process would feel it. */
const isWorthKeeping = (entry: Entry, index: ArrayIndex): boolean =>
  entry.persisted === undefined || index.generation - entry.persisted >= WRITES_BETWEEN_KEEPING;

/** The index shows what the store held, or more. */
const isAt = (index: ArrayIndex, info: CollectionInfo): boolean =>
  index.generation >= info.generation && (index.generation > info.generation || index.embedder.id === info.embedder.id);

/** False when an index file shows that the store was put back to an earlier state and went another way. */
function isPossible(index: ArrayIndex, { generation, counts }: CollectionInfo): boolean {
  if (index.generation !== generation) return index.generation < generation;
  return index.documentCount === counts.documents && index.passageCount === counts.passages;
}

const isDamage = (error: unknown): boolean =>
  error instanceof StoreError && (error.code === 'INDEX_DAMAGED' || error.code === 'INDEX_FORMAT');
