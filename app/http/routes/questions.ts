import { Router } from 'express';
import type { Hopwise } from '../../hopwise.js';
import type { HttpSettings } from '../../settings.js';
import { sendEvents } from '../event-stream.js';
import { Places } from '../places.js';
import { parse } from '../request.js';
import type { RequestSignals } from '../request-signals.js';
import { askSchema, searchSchema } from '../schemas.js';

/** `POST /v1/ask` and `POST /v1/search`, each with `settings.concurrency` places. */
export function questionRoutes(hopwise: Hopwise, settings: HttpSettings, signals: RequestSignals): Router {
  const router = Router();
  const asking = new Places(settings.concurrency);
  const searching = new Places(settings.concurrency);
  router.post('/ask', async (request, response) => {
    const { question, stream, ...rest } = parse(askSchema, request.body);
    const signal = signals.of(response);
    const options = { ...rest, signal };
    if (stream === true) {
      await sendEvents(response, { signal, places: asking, events: () => hopwise.askStream(question, options) });
    } else {
      response.json(await asking.run(signal, () => hopwise.ask(question, options)));
    }
  });
  router.post('/search', async (request, response) => {
    const { query, ...options } = parse(searchSchema, request.body);
    const signal = signals.of(response);
    response.json(await searching.run(signal, () => hopwise.search(query, { ...options, signal })));
  });
  return router;
}
