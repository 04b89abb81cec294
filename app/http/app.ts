/** The express application: hardening first, then the routes, then errors as problem+json. */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { MulterError } from 'multer';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { isAbort } from '../../src/index.js';
import type { Hopwise } from '../hopwise.js';
import type { HttpSettings } from '../settings.js';
import { requireApiKey } from './api-key.js';
import { documentation } from './documentation.js';
import { createMetrics } from './metrics.js';
import { problem, problemOf, sendProblem } from './problem.js';
import { documentRoutes } from './routes/documents.js';
import { healthRoutes } from './routes/health.js';
import { questionRoutes } from './routes/questions.js';

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
    if (error instanceof MulterError) {
      sendProblem(response, problem(413, error.code, 'Over a limit', error.message, 'Upload fewer or smaller files.'));
    } else if (isClientError(error)) {
      const title = error.status === 413 ? 'Over a limit' : 'The request cannot be used';
      sendProblem(
        response,
        problem(error.status, (error.type ?? 'bad-request').toUpperCase().replaceAll(/\W/g, '_'), title, error.message),
      );
    } else if (isAbort(error)) {
      sendProblem(
        response,
        problem(
          503,
          'TIMED_OUT',
          'The request took too long',
          'It was given up at the time limit or at shutdown.',
          'Try again, or raise http.requestTimeoutMs.',
        ),
      );
    } else {
      const made = problemOf(error);
      if (made.status >= 500) logger.error(error);
      sendProblem(response, made);
    }
  };
}

export function createApp(hopwise: Hopwise, settings: HttpSettings, logger: Logger, shutdown: AbortSignal): Express {
  const app = express();
  const metrics = createMetrics(hopwise);
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
  app.use(helmet());
  app.use(metrics.observe);
  app.use(healthRoutes(hopwise, shutdown));
  app.use(documentation());
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
  app.use(express.json({ limit: settings.maxBodyBytes, strict: true }));
  app.use('/v1', questionRoutes(hopwise, settings, shutdown), documentRoutes(hopwise, settings, shutdown));
  app.use((request, response) =>
    sendProblem(
      response,
      problem(404, 'NO_SUCH_ROUTE', 'Not found', `there is no ${request.method} ${request.path}`, 'See /docs.'),
    ),
  );
  app.use(errorHandler(logger));
  return app;
}
