/** Errors as RFC 9457 problem+json. */
import type { Response } from 'express';
import {
  CypherLimitError,
  CypherUnavailableError,
  HopwiseError,
  isAbort,
  LimitError,
  ModelError,
  NotFoundError,
  SourceError,
  StoreLockedError,
  UsageError,
} from '../../src/index.js';
import { BusyError, RequestAborted } from './request-errors.js';

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly remedy?: string;
  readonly [extension: string]: unknown;
}

const STATUS: readonly (readonly [new (...args: never[]) => HopwiseError, number, string])[] = [
  [UsageError, 400, 'The request cannot be used'],
  [NotFoundError, 404, 'Not found'],
  [StoreLockedError, 409, 'Another writer holds the store'],
  [LimitError, 413, 'Over a limit'],
  [SourceError, 422, 'The document cannot be read'],
  [CypherLimitError, 422, 'The statement was ended at a limit'],
  [ModelError, 502, 'The model endpoint failed'],
  [CypherUnavailableError, 503, 'Nothing here runs Cypher'],
  [BusyError, 503, 'Too many questions at once'],
];

/** The problem that tells a client of an error; errors that are not ours say nothing of their inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HopwiseError) {
    const [, status, title] = STATUS.find(([type]) => error instanceof type) ?? [HopwiseError, 500, 'The store failed'];
    const { code, message, remedy, place } = error;
    return { ...problem(status, code, title, message, remedy), ...place };
  }
  if (error instanceof RequestAborted && error.why === 'shutting-down') return shuttingDown();
  if (isAbort(error)) {
    const remedy = 'Try again, or raise http.requestTimeoutMs.';
    return problem(503, 'TIMED_OUT', 'The request took too long', 'It was given up at the time limit.', remedy);
  }
  return problem(500, 'INTERNAL', 'Internal error', 'An unexpected error happened; the log has it.');
}

export function problem(status: number, code: string, title: string, detail: string, remedy?: string): Problem {
  const type = `urn:hopwise:problem:${code.toLowerCase().replaceAll('_', '-')}`;
  return { type, title, status, detail, code, ...(remedy === undefined ? {} : { remedy }) };
}

/** What requests get that come after the server began to close, or that were open when their time was over. */
export function shuttingDown(): Problem {
  return problem(503, 'SHUTTING_DOWN', 'Not ready', 'The server is shutting down.', 'Ask another one, or later.');
}

/** Sends the problem; when an answer has begun already, all that is left is to break it off. */
export function sendProblem(response: Response, made: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (made.code === 'BUSY') response.setHeader('Retry-After', '1');
  response.status(made.status).type('application/problem+json').send(JSON.stringify(made));
}
