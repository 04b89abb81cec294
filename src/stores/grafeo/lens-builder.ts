/** Keeps the graph file of each collection at its store's generation; one builder at a time, over all processes. */
import { mkdirSync } from 'node:fs';
import { unavailable } from '../../cypher/cypher-errors.js';
import { CypherError, CypherUnavailableError, StoreError } from '../../errors.js';
import type { CollectionInfo, GraphStore, LensProgress } from '../../ports/index.js';
import { WriterLock } from '../sqlite/writer-lock.js';
import { type Fed, feedWhole } from './feed-build.js';
import { feedChanges } from './feed-changes.js';
import { LensChild } from './lens-child.js';
import { LensFiles, type LensMeta } from './lens-files.js';

/** Share of the documents above which all are written anew: an update costs more a document. */
const MOST_CHANGED = 0.25;
const LOCK_WAIT_MS = 10 * 60_000;

export interface BuildOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LensProgress) => void) | undefined;
}

export class LensBuilder {
  private readonly running = new Map<string, Promise<number>>();

  constructor(
    private readonly store: GraphStore,
    private readonly folder: string,
    private readonly now: () => Date,
  ) {}

  files(collection: string): LensFiles {
    return new LensFiles(this.folder, collection);
  }

  /**
   * The generation of a graph file that is no older than `info`.
   * @throws StoreError, CypherUnavailableError
   */
  async current(info: CollectionInfo, options: BuildOptions): Promise<number> {
    const collection = info.name;
    for (;;) {
      const found = this.find(info);
      if (found !== undefined) return found;
      const running = this.running.get(collection);
      if (running === undefined) break;
      // Its failure is told to whoever began it.
      await running.catch(() => undefined);
      options.signal?.throwIfAborted();
    }
    const building = this.build(info, options);
    this.running.set(collection, building);
    try {
      return await building;
    } finally {
      this.running.delete(collection);
    }
  }

  private find(info: CollectionInfo): number | undefined {
    const meta = this.files(info.name).newest();
    return meta !== undefined && shows(meta, info) ? meta.generation : undefined;
  }

  private async build(asked: CollectionInfo, options: BuildOptions): Promise<number> {
    const { signal } = options;
    const files = this.files(asked.name);
    makeFolder(files.folder);
    const lock = await WriterLock.acquire({ folder: files.folder, waitMs: LOCK_WAIT_MS, now: this.now, signal });
    try {
      // Another process may have built it while this one waited.
      const info = (await this.store.collection(asked.name)) ?? asked;
      const found = this.find(info);
      if (found !== undefined) return found;
      return await this.bringUpToDate(files, info, options);
    } finally {
      lock.release();
    }
  }

  /**
   * Updates the newest files there are where that is worth it, else builds them from nothing; from an export, which costs
   * more, when the store is written to all the time.
   */
  private async bringUpToDate(files: LensFiles, info: CollectionInfo, options: BuildOptions): Promise<number> {
    const base = files.newest();
    if (base !== undefined && (await this.isWorthUpdating(base, info))) {
      // Files that are damaged are as good as none.
      const updated = await this.inChild(files, info, base.generation, options).catch(undefinedWhenDamaged);
      if (updated !== undefined) return updated;
    }
    for (const whole of [false, true]) {
      const built = await this.inChild(files, info, undefined, options, whole);
      if (built !== undefined) return built;
    }
    throw new Error('a build from nothing was given up');
  }

  private async isWorthUpdating(base: LensMeta, { name, generation, counts }: CollectionInfo): Promise<boolean> {
    if (base.generation >= generation) return false;
    const changed = await this.store.stamps(name, base.generation);
    return changed.length <= MOST_CHANGED * counts.documents;
  }

  private async inChild(
    files: LensFiles,
    info: CollectionInfo,
    base: number | undefined,
    { signal, onProgress }: BuildOptions,
    whole = false,
  ): Promise<number | undefined> {
    const { store } = this;
    const collection = info.name;
    const child = new LensChild('build', files.folder);
    let written = 0;
    child.onWritten = (rows) => {
      written += rows;
      onProgress?.({ stage: 'write', done: written });
    };
    const folder = files.begin(base);
    try {
      await child.ask({ kind: 'build', folder, collection, base: base !== undefined }, signal);
      const feed = { child, store, collection, signal, onProgress };
      const fed = whole ? await feedWhole(feed) : await feedChanges(feed, base ?? 0);
      if (fed === undefined || (base !== undefined && isOther(fed, await store.collection(collection))))
        return undefined;
      files.commit(folder, fed);
      return fed.generation;
    } catch (error) {
      throw buildError(error, files.folder);
    } finally {
      await child.end();
      files.abandon(folder);
    }
  }
}

/** An update of files that showed another history, as of a store that was put back, does not come out at the store's counts. */
function isOther(fed: Fed, info: CollectionInfo | undefined): boolean {
  return info !== undefined && info.generation === fed.generation && !shows(fed, info);
}

/** The file shows what the store holds, or more; counts tell when a store was put back and went another way. */
function shows(meta: LensMeta, { generation, counts }: CollectionInfo): boolean {
  if (meta.generation !== generation) return false;
  const { documents, passages, entities, relations, mentions } = meta.counts;
  return (
    documents === counts.documents &&
    passages === counts.passages &&
    entities === counts.entities &&
    relations === counts.relations &&
    mentions === counts.mentions
  );
}

function undefinedWhenDamaged(error: unknown): undefined {
  if (error instanceof StoreError && error.code === 'LENS_NOT_BUILT') return undefined;
  if (error instanceof CypherUnavailableError && error.code === 'CYPHER_CRASHED') return undefined;
  throw error;
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw unavailable(`the folder ${folder} for its graph cannot be made`, error);
  }
}

function buildError(error: unknown, folder: string): unknown {
  if (!(error instanceof CypherError)) return error;
  return new StoreError('LENS_NOT_BUILT', `The graph for Cypher could not be built: ${error.message}`, {
    place: { uri: folder },
    remedy: 'Check the free space of the disk; delete the folder and try again.',
    cause: error,
  });
}
