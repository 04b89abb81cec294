import { type Request, Router } from 'express';
import type { CypherParams, CypherRows } from '../../../src/index.js';
import type { Hopwise } from '../../hopwise.js';
import type { HttpSettings } from '../../settings.js';
import { CypherAnswer } from '../cypher-answer.js';
import type { Metrics } from '../metrics.js';
import { Places } from '../places.js';
import { problem, problemOf, sendProblem } from '../problem.js';
import { parse } from '../request.js';
import { RequestAborted } from '../request-errors.js';
import type { RequestSignals } from '../request-signals.js';
import { cypherSchema } from '../schemas.js';

/** `POST /v1/cypher`, with `settings.concurrency` places of its own; the statement ends when the client goes. */
export function cypherRoutes(
  hopwise: Hopwise,
  settings: HttpSettings,
  signals: RequestSignals,
  metrics: Pick<Metrics, 'cypher'>,
): Router {
  const router = Router();
  const places = new Places(settings.concurrency);
  router.post('/cypher', async (request, response) => {
    if (!settings.cypher) {
      sendProblem(response, problem(403, 'CYPHER_OFF', 'Not offered', 'Cypher is switched off.', 'Set http.cypher.'));
      return;
    }
    const { cypher, collection, params, limit, timeoutMs, engine } = parse(cypherSchema, request.body);
    const signal = signals.of(response);
    const answer = new CypherAnswer(response, wantsLines(request), settings.maxCypherAnswerBytes);
    const run = async (): Promise<void> => {
      await using result: CypherRows = await hopwise.cypher(cypher, {
        collection,
        // What JSON can hold is what a parameter can be.
        params: params as CypherParams | undefined,
        rows: limit,
        timeoutMs,
        engine,
        otherCollections: settings.cypherAcrossCollections ? 'warn' : 'refuse',
        signal,
      });
      await answer.send(result, signal);
    };
    try {
      await places.run(signal, run);
      metrics.cypher('ok', answer.rows);
    } catch (error) {
      metrics.cypher(outcomeOf(error), answer.rows);
      answer.fail(error);
    }
  });
  return router;
}

function outcomeOf(error: unknown): string {
  const gone = error instanceof RequestAborted && error.why === 'client-gone';
  return gone ? 'CLIENT_GONE' : problemOf(error).code;
}

function wantsLines(request: Request): boolean {
  return request.accepts(['application/json', 'application/x-ndjson']) === 'application/x-ndjson';
}
