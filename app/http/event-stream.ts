/** Answers as server-sent events. */
import type { Response } from 'express';
import type { AskEvent } from '../../queries/index.js';
import type { Places } from './places.js';
import { problemOf } from './problem.js';
import { RequestAborted } from './request-errors.js';

/**
 * Sends the events when a place is free: `text`, `restart`, at last `answer`, or `problem` when it fails, runs out of time or
 * the server ends. What goes wrong before the first event is thrown, so that it gets a status of its own.
 */
export async function sendEvents(
  response: Response,
  { signal, places, events }: { signal: AbortSignal; places: Places; events: () => AsyncIterable<AskEvent> },
): Promise<void> {
  const send = (event: string, data: unknown): boolean =>
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const pump = async (): Promise<void> => {
    for await (const event of events()) {
      signal.throwIfAborted();
      if (!response.headersSent) {
        response
          .status(200)
          .set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
      }
      if (event.kind === 'text') send('text', { text: event.text });
      else if (event.kind === 'restart') send('restart', { reason: event.reason });
      else send('answer', event.answer);
    }
  };
  try {
    await places.run(signal, pump);
  } catch (error) {
    if (!response.headersSent) throw error;
    if (error instanceof RequestAborted && error.why === 'client-gone') return;
    send('problem', problemOf(error));
  }
  response.end();
}
