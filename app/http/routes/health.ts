import { Router } from 'express';
import type { Hopwise } from '../../hopwise.js';
import { problem, sendProblem } from '../problem.js';

/** `/healthz`: the process lives. `/readyz`: the store answers and no shutdown is under way. */
export function healthRoutes(hopwise: Hopwise, shutdown: AbortSignal): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    if (shutdown.aborted) {
      sendProblem(response, problem(503, 'SHUTTING_DOWN', 'Not ready', 'The server is shutting down.'));
      return;
    }
    await hopwise.collections();
    response.json({ status: 'ready' });
  });
  return router;
}
