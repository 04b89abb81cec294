/** Starts and ends the HTTP server. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, pino } from 'pino';
import { UsageError } from '../../src/index.js';
import type { Hopwise } from '../hopwise.js';
import type { HttpSettings } from '../settings.js';
import { createApp } from './app.js';
import { refuseBrokenRequest } from './broken-request.js';
import { Shutdown } from './shutdown.js';

export interface RunningServer {
  readonly url: string;
  /**
   * Ends the server in two phases. At once: it stops listening, and what still comes on open connections gets 503
   * SHUTTING_DOWN. Open requests go on for up to `shutdownMs`; those left then are aborted, told so (503 SHUTTING_DOWN, or
   * `event: problem` in a stream) and their connections closed. Idempotent.
   */
  close(): Promise<void>;
}

/** Milliseconds between the abort of open requests and the end of their connections. */
const LAST_WORDS_MS = 500;

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/;

/** Keys and headers that must not reach the log. */
export function serverLogger(): Logger {
  return pino(
    { name: 'hopwise', redact: ['req.headers.authorization', 'req.headers["x-api-key"]', 'req.headers.cookie'] },
    pino.destination(2),
  );
}

function listen(server: Server, { host, port }: HttpSettings): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const remedy =
        cause.code === 'EADDRINUSE'
          ? 'Choose another --port, or end the process that uses it.'
          : 'Check --host and --port.';
      reject(
        new UsageError('CANNOT_LISTEN', `cannot listen on ${host}:${port} (${cause.code})`, {
          place: { field: 'port' },
          remedy,
          cause,
        }),
      );
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

/**
 * Serves the store until `close`, which is graceful: open requests get `settings.shutdownMs` to end.
 * @throws UsageError for an address other than loopback without an API key and without `allowOpen`, or one that is taken
 */
export async function startServer(
  hopwise: Hopwise,
  settings: HttpSettings,
  logger: Logger = serverLogger(),
): Promise<RunningServer> {
  if (!LOOPBACK.test(settings.host) && settings.apiKey === undefined && !settings.allowOpen) {
    throw new UsageError('OPEN_ADDRESS_WITHOUT_KEY', `refusing to serve ${settings.host} without an API key`, {
      place: { field: 'host' },
      remedy: 'Set HOPWISE_API_KEY, listen on 127.0.0.1, or pass --allow-open if the network is yours alone.',
    });
  }
  const shutdown = new Shutdown();
  const server = createServer(createApp(hopwise, settings, logger, shutdown));
  server.on('request', (_request, response) => {
    // A stream's head went out before the shutdown and left the connection open.
    response.once('close', () => {
      if (shutdown.closing.aborted) setImmediate(() => server.closeIdleConnections());
    });
  });
  server.on('clientError', refuseBrokenRequest);
  server.requestTimeout = settings.requestTimeoutMs;
  server.headersTimeout = Math.min(settings.requestTimeoutMs, 15_000);
  const { address, port, family } = await listen(server, settings);
  const shown = family === 'IPv6' ? `[${address}]` : address;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    shutdown.close();
    const ended = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeIdleConnections();
    let timer = setTimeout(() => {
      shutdown.end();
      timer = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS);
    }, settings.shutdownMs);
    await ended;
    clearTimeout(timer);
  };
  return {
    url: `http://${shown}:${port}`,
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}
