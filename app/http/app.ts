/** The express application: hardening first, then the routes, then errors as problem+json. */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { packageVersion } from '../../src/assets.js';
import type { Hopwise } from '../hopwise.js';
import type { HttpSettings } from '../settings.js';
import { requireApiKey } from './api-key.js';
import { documentation } from './documentation.js';
import { noSuchRoute, refuseOtherBodies } from './known-routes.js';
import { createMetrics } from './metrics.js';
import { openApiDocument } from './openapi.js';
import { problem, problemOf, sendProblem } from './problem.js';
import { RequestAborted } from './request-errors.js';
import { RequestSignals } from './request-signals.js';
import { browserStyleRoute } from './routes/browser-style.js';
import { collectionRoutes } from './routes/collections.js';
import { cypherRoutes } from './routes/cypher.js';
import { documentRoutes } from './routes/documents.js';
import { graphRoutes } from './routes/graph.js';
import { healthRoutes } from './routes/health.js';
import { questionRoutes } from './routes/questions.js';
import { refuseWhenClosing, type Shutdown } from './shutdown.js';

/** express and its parsers mark client errors with `status` and `type`. */
function isClientError(error: unknown): error is { status: number; type?: string; message: string } {
  return (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status >= 400 &&
    error.status < 500
  );
}

function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    if (error instanceof RequestAborted && error.why === 'client-gone') return;
    if (isClientError(error)) {
      const { status, type = 'bad-request', message } = error;
      const [title, remedy] =
        status === 413
          ? ['Over a limit', 'Send less, or raise http.maxBodyBytes.']
          : ['The request cannot be used', 'Correct the request; /docs shows what is expected.'];
      sendProblem(response, problem(status, type.toUpperCase().replaceAll(/\W/g, '_'), title, message, remedy));
    } else {
      const made = problemOf(error);
      // 503 is no fault of ours to look into: busy, out of time or shutting down.
      if (made.status >= 500 && made.status !== 503) logger.error(error);
      sendProblem(response, made);
    }
  };
}

/** The application; `shutdown` tells it when to take nothing new and when to give up what is open. */
export function createApp(hopwise: Hopwise, settings: HttpSettings, logger: Logger, shutdown: Shutdown): Express {
  const app = express();
  const metrics = createMetrics(hopwise);
  let described: ReturnType<typeof openApiDocument> | undefined;
  const document = () => (described ??= openApiDocument(packageVersion(), hopwise.settings.limits));
  const signals = new RequestSignals(settings.requestTimeoutMs, shutdown.ending);
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(
    pinoHttp({
      logger,
      genReqId: () => randomUUID(),
      quietReqLogger: true,
      autoLogging: { ignore: ({ url }) => url === '/healthz' },
    }),
  );
  // Served without TLS to another machine, the documentation page could not load its own script.
  app.use(helmet({ contentSecurityPolicy: { directives: { 'upgrade-insecure-requests': null } } }));
  app.use(metrics.observe);
  app.use(refuseWhenClosing(shutdown));
  app.use(healthRoutes(hopwise));
  app.use(documentation(document));
  app.use(browserStyleRoute());
  app.use(
    rateLimit({
      windowMs: 60_000,
      limit: settings.requestsPerMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (_request, response) =>
        sendProblem(
          response,
          problem(
            429,
            'TOO_MANY_REQUESTS',
            'Too many requests',
            'The limit of requests a minute is reached.',
            'Wait as Retry-After says.',
          ),
        ),
    }),
  );
  app.use(requireApiKey(settings.apiKey));
  app.get('/metrics', metrics.serve);
  app.use('/v1', signals.start);
  app.use('/v1', refuseOtherBodies);
  app.use(express.json({ limit: settings.maxBodyBytes, strict: true }));
  app.use(
    '/v1',
    questionRoutes(hopwise, settings, signals),
    documentRoutes(hopwise, settings, signals),
    graphRoutes(hopwise, settings, signals),
    cypherRoutes(hopwise, settings, signals, metrics),
    collectionRoutes(hopwise, signals),
  );
  app.use(noSuchRoute(document));
  app.use(errorHandler(logger));
  return app;
}
