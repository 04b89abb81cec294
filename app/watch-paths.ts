/** Tells of every change of a file under paths. */
import { EventEmitter, on } from 'node:events';
import { resolve, sep } from 'node:path';
import { watch } from 'chokidar';

export interface WatchPathsOptions {
  readonly signal?: AbortSignal | undefined;
  /** Folders whose changes do not count (the store's own). */
  readonly ignore: readonly string[];
}

/** Yields once a change, until the signal aborts (then throws its abort); changes during the consumer's work are kept. */
export async function* watchPaths(paths: readonly string[], options: WatchPathsOptions): AsyncIterable<true> {
  const { signal } = options;
  const ignored = options.ignore.map((folder) => resolve(folder));
  const isIgnored = (path: string): boolean => {
    const full = resolve(path);
    return ignored.some((folder) => full === folder || full.startsWith(folder + sep));
  };
  const watcher = watch([...paths], { ignoreInitial: true, ignored: isIgnored });
  const changes = new EventEmitter();
  watcher.on('all', () => changes.emit('change'));
  try {
    for await (const _ of on(changes, 'change', signal === undefined ? {} : { signal })) yield true;
  } finally {
    await watcher.close();
  }
}
