/**
 * Where graph files lie: a folder for each collection beside the store, in it a folder for each generation, made under
 * another name and put in place whole. They are derived and may be deleted at any time.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../../../graph-schema/index.js';
import type { GraphCounts } from './messages.js';

/** Changes with what the files hold, so that files of other versions are not found. */
const FORMAT = '1';
export const GRAPH_FILE = 'graph.grafeo';
export const STATE_FILE = 'state.sqlite';
const META_FILE = 'meta.json';
const GENERATION = /^g(\d+)$/;
const UNFINISHED = /^new-/;

/** What a graph file shows. */
export interface LensMeta {
  readonly generation: number;
  readonly counts: GraphCounts;
}

export class LensFiles {
  readonly folder: string;

  constructor(base: string, collection: string) {
    this.folder = join(base, `lens-${contentHash(FORMAT, collection).slice(0, 16)}`);
  }

  /** The newest that there is. */
  newest(): LensMeta | undefined {
    const generations = this.names()
      .map((name) => GENERATION.exec(name)?.[1])
      .filter((generation) => generation !== undefined)
      .map(Number);
    if (generations.length === 0) return undefined;
    try {
      return JSON.parse(readFileSync(join(this.path(Math.max(...generations)), META_FILE), 'utf8')) as LensMeta;
    } catch {
      // Removed since by another process, or damaged: as good as none.
      return undefined;
    }
  }

  path(generation: number): string {
    return join(this.folder, `g${generation}`);
  }

  graph(generation: number): string {
    return join(this.path(generation), GRAPH_FILE);
  }

  /** Makes a folder to build in, empty or with a copy of the files of generation `base`. */
  begin(base: number | undefined): string {
    const folder = join(this.folder, `new-${process.pid}`);
    rmSync(folder, { recursive: true, force: true });
    if (base === undefined) mkdirSync(folder, { recursive: true });
    else cpSync(this.path(base), folder, { recursive: true });
    return folder;
  }

  /** Puts what was built in place, and removes all others; for whoever holds the lock. */
  commit(built: string, meta: LensMeta): void {
    const { generation } = meta;
    writeFileSync(join(built, META_FILE), JSON.stringify(meta));
    rmSync(this.path(generation), { recursive: true, force: true });
    renameSync(built, this.path(generation));
    for (const name of this.names()) {
      if (name === `g${generation}` || !(GENERATION.test(name) || UNFINISHED.test(name))) continue;
      try {
        rmSync(join(this.folder, name), { recursive: true, force: true });
      } catch {
        // Open in another process on a system that keeps such files; the next build removes it.
      }
    }
  }

  /** Removes what was begun and not committed. */
  abandon(built: string): void {
    rmSync(built, { recursive: true, force: true });
  }

  /** Removes everything of the collection. */
  discard(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private names(): string[] {
    try {
      return readdirSync(this.folder);
    } catch {
      return [];
    }
  }
}
