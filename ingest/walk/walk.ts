/** Finds the sources under files and folders, in one order on every platform. */
import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isAbort, SourceError } from '../../src/errors.js';
import type { Limits } from '../../src/limits.js';
import { fileRef, stdinRef, unreadable } from './file-ref.js';
import { IgnoreRules } from './ignore-rules.js';
import { type Root, rootsOf, type WalkPath } from './roots.js';
import { failedRef, type SourceRef } from './source-ref.js';

export { rootUris, type WalkPath } from './roots.js';
export type { SourceRef } from './source-ref.js';

export interface WalkOptions {
  readonly limits: Limits;
  /** Folders and files left out, absolute or relative to the working directory: the store's own. */
  readonly exclude?: readonly string[] | undefined;
  /** Files and folders whose name begins with a dot too; default false. */
  readonly hidden?: boolean | undefined;
  /** What the path `-` reads; default `process.stdin`. */
  readonly stdin?: AsyncIterable<Uint8Array | string> | undefined;
  /** Told what was tolerated: links that lead back to a folder already visited. */
  readonly onWarning?: ((warning: { uri: string; message: string }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const NEVER: ReadonlySet<string> = new Set(['.git', 'node_modules']);

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly link: boolean;
  /** Undefined when it cannot be looked at; `error` says why. */
  readonly stats: Stats | undefined;
  readonly error?: unknown;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorts as the uris sort: a folder by its name and a slash. Links last, so that what is linked to keeps its own uri. */
function order(a: Entry, b: Entry): number {
  if (a.link !== b.link) return a.link ? 1 : -1;
  const key = ({ name, stats }: Entry): string => (stats?.isDirectory() === true ? `${name}/` : name);
  return compare(key(a), key(b));
}

class Walk {
  readonly #visited = new Set<string>();
  readonly #uris = new Set<string>();
  readonly #excluded = new Set<string>();

  constructor(private readonly options: WalkOptions) {}

  async *run(paths: readonly WalkPath[]): AsyncIterable<SourceRef> {
    for (const path of this.options.exclude ?? []) {
      this.#excluded.add(await realpath(path).catch(() => resolve(path)));
    }
    for (const root of await rootsOf(paths)) {
      if (root.path === '-') yield stdinRef(this.options.stdin ?? process.stdin, this.options.limits, root.prefix);
      else yield* this.#root(root);
    }
  }

  async *#root({ path, prefix }: Root): AsyncIterable<SourceRef> {
    const entry = await this.#look(path, path, false);
    if (entry.stats?.isDirectory() === true) yield* this.#folder(path, prefix, undefined);
    else yield* this.#file(entry, prefix);
  }

  async #look(path: string, name: string, link: boolean): Promise<Entry> {
    try {
      return { name, path, link, stats: await stat(path) };
    } catch (error) {
      return { name, path, link, stats: undefined, error };
    }
  }

  /** @param prefix What uris of this folder begin with. */
  async *#folder(path: string, prefix: string, above: IgnoreRules | undefined): AsyncIterable<SourceRef> {
    this.options.signal?.throwIfAborted();
    let names: Dirent[];
    try {
      const real = await realpath(path);
      if (this.#excluded.has(real)) return;
      if (this.#visited.has(real)) {
        this.options.onWarning?.({
          uri: prefix,
          message: `${prefix} leads to a folder that was visited already; it is visited once`,
        });
        return;
      }
      this.#visited.add(real);
      names = await readdir(path, { withFileTypes: true });
    } catch (error) {
      if (isAbort(error)) throw error;
      yield failedRef(prefix, path, unreadable(prefix, error));
      return;
    }
    const folder = prefix.replace(/\/$/, '');
    const rules = await IgnoreRules.of(path, folder.slice(folder.lastIndexOf('/') + 1), above);
    const entries: Entry[] = [];
    for (const dirent of names) {
      const { name } = dirent;
      if (NEVER.has(name) || (this.options.hidden !== true && name.startsWith('.'))) continue;
      entries.push(await this.#look(join(path, name), name, dirent.isSymbolicLink()));
    }
    for (const entry of entries.sort(order)) {
      const isFolder = entry.stats?.isDirectory() === true;
      if (rules.ignores(entry.name, isFolder)) continue;
      const uri = prefix + entry.name.normalize('NFC');
      if (isFolder) yield* this.#folder(entry.path, `${uri}/`, rules);
      else yield* this.#file(entry, uri);
    }
  }

  async *#file({ path, stats, error }: Entry, wanted: string): AsyncIterable<SourceRef> {
    this.options.signal?.throwIfAborted();
    if (stats === undefined) {
      yield failedRef(this.#unique(wanted), path, unreadable(wanted, error));
      return;
    }
    const real = await realpath(path).catch(() => path);
    if (this.#visited.has(real) || this.#excluded.has(real)) return;
    this.#visited.add(real);
    const uri = this.#unique(wanted);
    if (stats.isFile()) yield fileRef(uri, path, stats, this.options.limits);
    else yield failedRef(uri, path, notAFile(uri));
  }

  /** Two files whose uris would be equal: the later one gets a number. */
  #unique(uri: string): string {
    let unique = uri;
    for (let n = 2; this.#uris.has(unique); n++) unique = `${uri}~${n}`;
    this.#uris.add(unique);
    return unique;
  }
}

function notAFile(uri: string): SourceError {
  return new SourceError('NOT_A_FILE', `${uri} is a pipe, socket or device`, {
    place: { uri },
    remedy: 'Pipe it into "hopwise ingest -", or leave it out with .hopwiseignore.',
  });
}

/**
 * All sources under the paths given. Folders are walked in the order of code units; `.gitignore` and `.hopwiseignore`
 * are honoured from the root of the walk downwards; `.git`, `node_modules` and hidden files are left out; a folder or
 * file reached twice (by links, or by two paths) comes once. Never throws for what cannot be read: it comes as a
 * reference with `failure`.
 *
 * Uris: a folder's files are `<name of the folder>/<path inside, with />`, wherever the folder lies; a single file is
 * its name; standard input (`-`) is `stdin`. Roots that share a name get as many names of parents as tell them apart.
 */
export function walk(paths: readonly WalkPath[], options: WalkOptions): AsyncIterable<SourceRef> {
  return new Walk(options).run(paths);
}
