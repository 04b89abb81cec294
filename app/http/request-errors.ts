/** Why a request was given up or not taken, apart from what the library throws. */
import { HopwiseError } from '../../src/index.js';

/** `timed-out`: over the time limit; `shutting-down`: the server ends; `client-gone`: nobody waits for the answer. */
export type AbortCause = 'timed-out' | 'shutting-down' | 'client-gone';

/** Reason of a request's signal. Its name is that of every abort, so that `isAbort` and libraries know it. */
export class RequestAborted extends Error {
  override readonly name = 'AbortError';

  constructor(readonly why: AbortCause) {
    super(`the request was given up: ${why}`);
  }
}

/** All places are taken and as many wait as may: HTTP 503 with Retry-After. */
export class BusyError extends HopwiseError {
  constructor() {
    super('BUSY', 'All places are taken.', { remedy: 'Try again in a moment.' });
  }
}
