/** One abort signal a request: the time limit, the client's going, the server's end. */
import type { RequestHandler, Response } from 'express';
import { HopwiseError } from '../../src/index.js';
import { RequestAborted } from './request-errors.js';

/**
 * Gives every request a signal at its arrival, so that waiting for a place, and reading an upload, count. Its reason is a
 * `RequestAborted`. One controller, not `AbortSignal.any` of `AbortSignal.timeout`: Node 20 collects such a composite while
 * it is listened to, and it never fires.
 */
export class RequestSignals {
  private readonly signals = new WeakMap<Response, AbortSignal>();

  /** @param timeoutMs milliseconds a request may take; `ending` aborts all requests */
  constructor(
    private readonly timeoutMs: number,
    private readonly ending: AbortSignal,
  ) {}

  readonly start: RequestHandler = (_request, response, next) => {
    const controller = new AbortController();
    const { ending, timeoutMs } = this;
    const end = (): void => controller.abort(ending.reason);
    const timer = setTimeout(() => controller.abort(new RequestAborted('timed-out')), timeoutMs);
    ending.addEventListener('abort', end, { once: true });
    if (ending.aborted) end();
    response.once('close', () => {
      clearTimeout(timer);
      ending.removeEventListener('abort', end);
      if (!response.writableFinished) controller.abort(new RequestAborted('client-gone'));
    });
    this.signals.set(response, controller.signal);
    next();
  };

  /** The signal of a request that came through `start`. */
  of(response: Response): AbortSignal {
    const signal = this.signals.get(response);
    if (signal === undefined)
      throw new HopwiseError('INTERNAL', 'the request has no signal', { remedy: 'Report this.' });
    return signal;
  }
}

/**
 * The work's result, or at once the signal's reason when it aborts first: the caller does not wait for work that looks at
 * the signal late or never. What such work ends with later is dropped.
 */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let forget = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    forget = () => signal.removeEventListener('abort', stop);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    // Whatever the work throws because of the abort, the reason says why.
    throw signal.aborted ? signal.reason : error;
  } finally {
    forget();
  }
}
