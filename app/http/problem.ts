/** Errors as RFC 9457 problem+json. */
import type { Response } from 'express';
import {
  HopwiseError,
  LimitError,
  ModelError,
  NotFoundError,
  SourceError,
  StoreLockedError,
  UsageError,
} from '../../src/index.js';

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
  [ModelError, 502, 'The model endpoint failed'],
];

/** The problem that tells a client of an error; errors that are not ours say nothing of their inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HopwiseError) {
    const [, status, title] = STATUS.find(([type]) => error instanceof type) ?? [HopwiseError, 500, 'The store failed'];
    const { code, message, remedy, place } = error;
    return {
      type: `urn:hopwise:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title,
      status,
      detail: message,
      code,
      remedy,
      ...place,
    };
  }
  return problem(500, 'INTERNAL', 'Internal error', 'An unexpected error happened; the log has it.');
}

export function problem(status: number, code: string, title: string, detail: string, remedy?: string): Problem {
  const type = `urn:hopwise:problem:${code.toLowerCase().replaceAll('_', '-')}`;
  return { type, title, status, detail, code, ...(remedy === undefined ? {} : { remedy }) };
}

export function sendProblem(response: Response, made: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.status(made.status).type('application/problem+json').send(JSON.stringify(made));
}
