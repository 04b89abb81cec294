/** Answers what cannot be read as HTTP, before there is a request, as a problem too. */
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { problem } from './problem.js';

const CAUSES: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'HEADERS_TOO_LARGE', 'Send shorter headers.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'REQUEST_TIMED_OUT', 'Send the request faster.'],
};

/** For the server's event `clientError`. */
export function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, remedy] = CAUSES[error.code ?? ''] ?? [400, 'NO_HTTP', 'Send HTTP/1.1.'];
  const body = JSON.stringify(problem(status, code, 'The request cannot be read', error.message, remedy));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
