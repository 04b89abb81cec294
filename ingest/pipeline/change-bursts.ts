/** Joins changes that come close together, so that copying a folder is one run and not a thousand. */
import { setTimeout } from 'node:timers/promises';

const QUIET = 'quiet';
const STOPPED = 'stopped';

/**
 * Yields once for every burst: at least one change, then `quietMs` milliseconds without one. Ends with `changes`, or
 * when the signal is aborted. Changes that come while the consumer works are one more burst.
 */
export async function* changeBursts(
  changes: AsyncIterable<unknown>,
  quietMs: number,
  signal?: AbortSignal,
): AsyncGenerator<void> {
  const iterator = changes[Symbol.asyncIterator]();
  const stopped = stoppedBy(signal);
  try {
    let next = iterator.next();
    for (;;) {
      const first = await Promise.race([next, stopped]);
      if (first === STOPPED || first.done === true) return;
      for (let quiet = false; !quiet; ) {
        next = iterator.next();
        const timer = new AbortController();
        const event = await Promise.race([next, stopped, quietFor(quietMs, timer.signal)]);
        timer.abort();
        if (event === STOPPED) return;
        quiet = event === QUIET || event.done === true;
      }
      yield;
    }
  } finally {
    // Not awaited: an iterator that waits for its next change would never return.
    void iterator.return?.();
  }
}

async function quietFor(ms: number, signal: AbortSignal): Promise<typeof QUIET> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
  return QUIET;
}

function stoppedBy(signal: AbortSignal | undefined): Promise<typeof STOPPED> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(STOPPED);
    signal?.addEventListener('abort', () => resolve(STOPPED), { once: true });
  });
}
