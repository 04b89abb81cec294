/**
 * Work that several callers wait for: begun by the first, it goes on when callers give up, so that what takes longer than
 * one caller's patience gets done all the same. It stops when it is disposed of.
 */
import type { SearchProgress } from '../ports/passage-search.js';

type Listener = (progress: SearchProgress) => void;

export interface Waiting {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: Listener | undefined;
}

/** What the work is given. */
export interface Working {
  /** Aborted when the work is to stop. */
  readonly signal: AbortSignal;
  readonly onProgress: Listener;
}

export class SharedWork implements AsyncDisposable {
  private running: Promise<void> | undefined;
  private readonly listeners = new Set<Listener>();
  private readonly stop = new AbortController();

  /** @param work does all there is to do, and may be run again */
  constructor(private readonly work: (working: Working) => Promise<void>) {}

  /**
   * Waits for the work under way, or begins it.
   * @throws what the work throws, to whoever began it; the signal's reason when aborted
   */
  async wait({ signal, onProgress }: Waiting): Promise<void> {
    signal?.throwIfAborted();
    if (onProgress !== undefined) this.listeners.add(onProgress);
    const isFirst = this.running === undefined;
    this.running ??= this.begin();
    let giveUp: (() => void) | undefined;
    try {
      await Promise.race([
        isFirst ? this.running : this.running.catch(() => undefined),
        ...(signal === undefined
          ? []
          : [
              new Promise<never>((_, reject) => {
                giveUp = () => reject(signal.reason);
                // The work may have told of progress already, and the caller given up at that.
                if (signal.aborted) giveUp();
                else signal.addEventListener('abort', giveUp, { once: true });
              }),
            ]),
      ]);
    } finally {
      if (giveUp !== undefined) signal?.removeEventListener('abort', giveUp);
      if (onProgress !== undefined) this.listeners.delete(onProgress);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.stop.abort(new Error('The search is being closed'));
    await this.running?.catch(() => undefined);
  }

  private begin(): Promise<void> {
    const { signal } = this.stop;
    const onProgress: Listener = (progress) => {
      for (const listener of this.listeners) listener(progress);
    };
    const work = this.work({ signal, onProgress }).finally(() => {
      this.running = undefined;
    });
    // When whoever began it has given up, nobody is there to be told of a failure; the next caller begins anew.
    work.catch(() => undefined);
    return work;
  }
}
