/** Tells when something under paths has changed and then been quiet for a moment. */
import { EventEmitter, once } from 'node:events';
import { resolve, sep } from 'node:path';
import { watch } from 'chokidar';

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Folders whose changes do not count (the store's own). */
  readonly ignore: readonly string[];
  /** Milliseconds without a change before it is reported. Default 300. */
  readonly quietMs?: number;
}

/**
 * Yields true after each burst of changes, until the signal aborts. Changes during the consumer's work are kept and
 * reported afterwards, once.
 */
export async function* watchPaths(paths: readonly string[], options: WatchOptions): AsyncIterable<true> {
  const { signal, quietMs = 300 } = options;
  const ignored = options.ignore.map((folder) => resolve(folder));
  const inside = (path: string): boolean => ignored.some((folder) => path === folder || path.startsWith(folder + sep));
  const watcher = watch([...paths], {
    ignoreInitial: true,
    ignored: (path) => inside(resolve(path)),
    awaitWriteFinish: false,
  });
  const bell = new EventEmitter();
  let changed = false;
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed = true;
      bell.emit('quiet');
    }, quietMs);
  });
  try {
    while (!signal.aborted) {
      if (!changed) await once(bell, 'quiet', { signal });
      changed = false;
      yield true;
    }
  } finally {
    clearTimeout(timer);
    await watcher.close();
  }
}
