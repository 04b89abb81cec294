/** Keeps a collection up to date while its sources change: the loop behind `ingest --watch`. */

import { setTimeout as sleep } from 'node:timers/promises';
import { StoreLockedError } from '../../src/errors.js';
import type { IngestSummary } from '../types.js';
import type { SourceRef } from '../walk/walk.js';
import { changeBursts } from './change-bursts.js';
import type { IngestContext } from './context.js';
import { ingest } from './ingest.js';
import type { IngestOptions } from './options.js';

export interface IngestChangesOptions extends IngestOptions {
  /** Milliseconds without a further change before a run starts; default 500. */
  readonly quietMs?: number | undefined;
  /** Called after each run. */
  readonly onSummary?: ((summary: IngestSummary) => void) | undefined;
  /**
   * Called when another writer holds the store for longer than a run waits; the run is tried again until it is through.
   * Without it the loop ends with the error.
   */
  readonly onLocked?: ((error: StoreLockedError) => void) | undefined;
  /** Milliseconds between such tries; default 2,000. */
  readonly lockedMs?: number | undefined;
}

/**
 * Runs `ingest` once for every burst of changes, until `changes` ends or the signal is aborted. The writer is held only
 * during a run, so that other processes may write in between: a long one delays a run (`onLocked`), and what it stored
 * is what the run begins with.
 *
 * @param changes one item for each change seen (its value is not used); must keep what comes while a run goes on
 * @param walk lists the sources as they are now; called at the start of each run
 * @returns number of runs that were finished
 * @throws what `ingest` throws, but for the abort of the signal, which ends the loop
 */
export async function ingestChanges(
  context: IngestContext,
  changes: AsyncIterable<unknown>,
  walk: () => AsyncIterable<SourceRef>,
  options: IngestChangesOptions,
): Promise<number> {
  const { signal, quietMs = 500 } = options;
  let runs = 0;
  try {
    for await (const _ of changeBursts(changes, quietMs, signal)) {
      const summary = await whenFree(() => ingest(context, walk(), options), options);
      runs++;
      options.onSummary?.(summary);
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
  return runs;
}

async function whenFree<T>(run: () => Promise<T>, options: IngestChangesOptions): Promise<T> {
  const { onLocked, lockedMs = 2_000, signal } = options;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (onLocked === undefined || !(error instanceof StoreLockedError)) throw error;
      onLocked(error);
      await sleep(lockedMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}
