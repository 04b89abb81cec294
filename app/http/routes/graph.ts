import { Router } from 'express';
import type { Hopwise } from '../../hopwise.js';
import type { HttpSettings } from '../../settings.js';
import { Places } from '../places.js';
import { parse } from '../request.js';
import type { RequestSignals } from '../request-signals.js';
import { graphQuery } from '../schemas.js';

const MEDIA_TYPES = {
  svg: 'image/svg+xml',
  html: 'text/html; charset=utf-8',
  graphml: 'application/graphml+xml',
  gexf: 'application/gexf+xml',
} as const;

/** `GET /v1/graph`, with `settings.concurrency` places. */
export function graphRoutes(hopwise: Hopwise, settings: HttpSettings, signals: RequestSignals): Router {
  const router = Router();
  const drawing = new Places(settings.concurrency);
  router.get('/graph', async (request, response) => {
    const { about, ...options } = parse(graphQuery, request.query);
    const signal = signals.of(response);
    const { content, format } = await drawing.run(signal, () => hopwise.graph(about, { ...options, signal }));
    // The page brings a policy of its own, by hashes; here it loses its origin, too, so that it can call nothing.
    if (format === 'html') response.set('Content-Security-Policy', 'sandbox allow-scripts');
    response.set('Content-Type', MEDIA_TYPES[format]).send(content);
  });
  return router;
}
