/** Bounded concurrency of the work that questions make. */
import pLimit, { type LimitFunction } from 'p-limit';
import { BusyError } from './request-errors.js';
import { unlessAborted } from './request-signals.js';

const WAITING_PER_PLACE = 4;

/** Runs at most `concurrency` pieces of work at once; four times as many wait. */
export class Places {
  private readonly limit: LimitFunction;
  private readonly most: number;
  /** Works that run and those that wait and are still wanted. */
  private inside = 0;

  constructor(concurrency: number) {
    this.limit = pLimit(concurrency);
    this.most = concurrency * (1 + WAITING_PER_PLACE);
  }

  /**
   * Runs the work when a place is free. When the signal aborts the promise rejects at once with its reason: work that
   * waits is never begun, work that runs keeps its place until it really ends, so that the bound holds.
   * @throws BusyError when too many wait
   */
  async run<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.inside >= this.most) throw new BusyError();
    this.inside++;
    let counted = true;
    const leave = (): void => {
      if (counted) this.inside--;
      counted = false;
    };
    signal.addEventListener('abort', leave, { once: true });
    const turn = this.limit(async () => {
      signal.throwIfAborted();
      signal.removeEventListener('abort', leave);
      return work();
    }).finally(leave);
    return unlessAborted(turn, signal);
  }
}
