import { Router } from 'express';
import type { Hopwise } from '../../hopwise.js';
import { parameter, parse } from '../request.js';
import { type RequestSignals, unlessAborted } from '../request-signals.js';
import { collectionParameters } from '../schemas.js';

/** `/v1/collections` */
export function collectionRoutes(hopwise: Hopwise, signals: RequestSignals): Router {
  const router = Router();
  router.get('/collections', async (_request, response) => {
    response.json({ collections: await unlessAborted(hopwise.collections(), signals.of(response)) });
  });
  router.delete('/collections/:name', async (request, response) => {
    const { name } = parse(collectionParameters, { name: parameter(request, 'name') });
    await unlessAborted(hopwise.deleteCollection(name), signals.of(response));
    response.status(204).end();
  });
  return router;
}
