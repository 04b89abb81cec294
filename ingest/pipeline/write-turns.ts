/** The right to write during a run: kept from its beginning to its end, or taken anew for each commit. */
import type { Limits } from '../../src/limits.js';
import type { GraphStore, WriterLease } from '../../src/ports/index.js';

export interface WriteTurns {
  /** Other processes may write between two turns. */
  readonly shared: boolean;
  /**
   * Runs `work` with the writer.
   * @param signal ends waiting for it
   * @throws StoreLockedError when other writers keep it for too long
   */
  take<T>(work: (lease: WriterLease) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** A lease held by the caller for longer than these turns. */
export function keptTurns(lease: WriterLease): WriteTurns {
  return { shared: false, take: (work) => work(lease) };
}

/** Each turn waits for those of other processes, up to `limits.commitWaitMs`. */
export function sharedTurns(store: GraphStore, { commitWaitMs }: Limits): WriteTurns {
  return {
    shared: true,
    take: async (work, signal) => {
      await using lease = await store.acquireWriter({
        waitMs: commitWaitMs,
        ...(signal === undefined ? {} : { signal }),
      });
      return await work(lease);
    },
  };
}
