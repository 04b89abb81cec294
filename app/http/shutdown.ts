/** The two phases of a shutdown: first no new work, then an end to the open requests. */
import { setMaxListeners } from 'node:events';
import type { RequestHandler } from 'express';
import { sendProblem, shuttingDown } from './problem.js';
import { RequestAborted } from './request-errors.js';

export class Shutdown {
  private readonly first = new AbortController();
  private readonly second = new AbortController();

  /** Aborted from the moment the server closes: nothing new is taken, what is open goes on. */
  readonly closing: AbortSignal = this.first.signal;
  /** Aborted when the open requests have had their time. */
  readonly ending: AbortSignal = this.second.signal;

  constructor() {
    // Every open request listens to both; more than ten are no leak.
    setMaxListeners(0, this.closing, this.ending);
  }

  close(): void {
    this.first.abort();
  }

  end(): void {
    this.second.abort(new RequestAborted('shutting-down'));
  }
}

/**
 * Answers every request that comes after `close` with 503 SHUTTING_DOWN, `/healthz` excepted: the process does live. The
 * last answer on each connection, those of the open requests too, carries `Connection: close`.
 */
export function refuseWhenClosing({ closing }: Shutdown): RequestHandler {
  return (request, response, next) => {
    const endConnection = (): void => {
      response.shouldKeepAlive = false;
    };
    if (closing.aborted) {
      endConnection();
      if (request.path === '/healthz') next();
      else sendProblem(response, shuttingDown());
      return;
    }
    closing.addEventListener('abort', endConnection, { once: true });
    response.once('close', () => closing.removeEventListener('abort', endConnection));
    next();
  };
}
