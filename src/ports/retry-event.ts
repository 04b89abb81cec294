/** Work that a store in a server did not finish and tries again: what its user may want to hear. */
export interface RetryEvent {
  readonly uri: string;
  /** Code of the driver or server, e.g. `Neo.TransientError.Transaction.DeadlockDetected`. */
  readonly code: string;
  /** What it means, in words. */
  readonly reason: string;
  /** Number of the attempt that failed, from 1. */
  readonly attempt: number;
  /** Milliseconds until the next. */
  readonly waitMs: number;
}
