import { Router } from 'express';
import type { Hopwise } from '../../hopwise.js';

/** `/healthz`: the process lives. `/readyz`: the store answers; at shutdown it is refused as all else is, with 503. */
export function healthRoutes(hopwise: Hopwise): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    await hopwise.collections();
    response.json({ status: 'ready' });
  });
  return router;
}
