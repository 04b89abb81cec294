/** What the tests of the HTTP door share. */
import { connect } from 'node:net';
import { pino } from 'pino';

export const silent = pino({ level: 'silent' });

/** A promise and the function that fulfils it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

export function post(url: string, body: unknown, init: RequestInit = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), ...init });
}

export async function problemCode(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}

/** The server-sent events of a body. */
export function eventsOf(body: string): { event: string; data: Record<string, unknown> }[] {
  return body
    .trim()
    .split('\n\n')
    .map((text) => {
      const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(text)!;
      return { event: event!, data: JSON.parse(data!) as Record<string, unknown> };
    });
}

export interface RawConnection {
  write(text: string): void;
  end(): void;
  /** All that came until the connection closed. */
  readonly answered: Promise<string>;
}

/** A connection that writes bytes as they are. */
export async function rawConnection(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const answered = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
  return { write: (text) => void socket.write(text), end: () => void socket.destroy(), answered };
}
