import { type Response, Router } from 'express';
import type { AskEvent } from '../../../queries/index.js';
import { isAbort } from '../../../src/index.js';
import type { Hopwise } from '../../hopwise.js';
import type { HttpSettings } from '../../settings.js';
import { problemOf } from '../problem.js';
import { bounded, parse, requestSignal } from '../request.js';
import { askSchema, searchSchema } from '../schemas.js';

async function sendEvents(response: Response, events: AsyncIterable<AskEvent>): Promise<void> {
  response
    .status(200)
    .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  const send = (event: string, data: unknown): boolean =>
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  try {
    for await (const event of events) {
      if (event.kind === 'text') send('text', { text: event.text });
      else if (event.kind === 'restart') send('restart', { reason: event.reason });
      else send('answer', event.answer);
    }
  } catch (error) {
    // The status line is gone; the client learns of the error as an event.
    if (!isAbort(error)) send('problem', problemOf(error));
  }
  response.end();
}

/** `POST /v1/ask` and `POST /v1/search` */
export function questionRoutes(hopwise: Hopwise, settings: HttpSettings, shutdown: AbortSignal): Router {
  const router = Router();
  router.post(
    '/ask',
    bounded(settings.concurrency, async (request, response) => {
      const { question, stream, ...options } = parse(askSchema, request.body);
      const signal = requestSignal(response, settings.requestTimeoutMs, shutdown);
      if (stream === true) await sendEvents(response, hopwise.askStream(question, { ...options, signal }));
      else response.json(await hopwise.ask(question, { ...options, signal }));
    }),
  );
  router.post(
    '/search',
    bounded(settings.concurrency, async (request, response) => {
      const { query, ...options } = parse(searchSchema, request.body);
      const signal = requestSignal(response, settings.requestTimeoutMs, shutdown);
      response.json(await hopwise.search(query, { ...options, signal }));
    }),
  );
  return router;
}
