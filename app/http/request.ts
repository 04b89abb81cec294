/** Small helpers that the routes share: validation, time limits, bounded concurrency. */
import type { Request, Response } from 'express';
import pLimit from 'p-limit';
import type { z } from 'zod';
import { HopwiseError, UsageError } from '../../src/index.js';
import { problem, sendProblem } from './problem.js';

/** The value that the schema makes of `value`. @throws UsageError naming the field */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.');
  throw new UsageError('INVALID_REQUEST', `${field === '' ? 'request' : field}: ${issue.message}`, {
    place: { field },
    remedy: 'Correct the field; /docs shows what is expected.',
  });
}

/** Aborts at the time limit, when the client goes away, or at shutdown. */
export function requestSignal(response: Response, timeoutMs: number, shutdown: AbortSignal): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return AbortSignal.any([AbortSignal.timeout(timeoutMs), gone.signal, shutdown]);
}

const WAITING_PER_SLOT = 4;

/** Runs at most `concurrency` handlers at once; four times as many wait, more get 503. */
export function bounded(concurrency: number, handler: (request: Request, response: Response) => Promise<void>) {
  const limit = pLimit(concurrency);
  return async (request: Request, response: Response): Promise<void> => {
    if (limit.pendingCount >= concurrency * WAITING_PER_SLOT) {
      response.setHeader('Retry-After', '1');
      sendProblem(
        response,
        problem(503, 'BUSY', 'Too many questions at once', 'All places are taken.', 'Try again in a moment.'),
      );
      return;
    }
    await limit(() => handler(request, response));
  };
}

/** One path parameter. */
export function parameter(request: Request, name: string): string {
  const value = request.params[name];
  if (typeof value === 'string') return value;
  throw new HopwiseError('INTERNAL', `no path parameter ${name}`, { remedy: 'Report this.' });
}
