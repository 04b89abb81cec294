/**
 * An HTTP server on loopback that answers requests by script: each route has a queue of steps, the last of which repeats.
 * Replies marked "recorded" in the tests are those of llama-cpp-python 0.3.36; the others are written by hand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

export interface ScriptedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Parsed JSON, or undefined without a body. */
  readonly body: unknown;
  /** True as soon as the client has closed the connection before the end of the reply. */
  readonly abandoned: boolean;
}

export type Step =
  | {
      readonly kind: 'json';
      readonly status?: number;
      readonly headers?: Record<string, string>;
      readonly body: unknown;
    }
  /** Text as it is, of any type; cut short when `cut`: the connection is broken after it. */
  | {
      readonly kind: 'raw';
      readonly status?: number;
      readonly type?: string;
      readonly text: string;
      readonly cut?: boolean;
    }
  /** Closes the connection without an answer. */
  | { readonly kind: 'drop' }
  /** Sends the text, if any, then nothing more; ends when the client leaves. */
  | { readonly kind: 'stall'; readonly text?: string }
  | { readonly kind: 'reply'; readonly reply: (request: ScriptedRequest) => Step };

/** A server-sent event stream of JSON chunks, with the closing [DONE] unless `done` is false. */
export function events(chunks: readonly unknown[], done = true): Step {
  const lines = chunks.map((chunk) => `data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`);
  return { kind: 'raw', type: 'text/event-stream', text: lines.join('') + (done ? 'data: [DONE]\n\n' : '') };
}

export class ScriptedServer implements AsyncDisposable {
  readonly requests: ScriptedRequest[] = [];
  readonly #routes = new Map<string, Step[]>();
  readonly #server = createServer((request, response) => {
    void this.#answer(request, response);
  });
  /** Requests being answered, and the most there were at once. */
  #open = 0;
  mostAtOnce = 0;

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  /** Base URL with `/v1`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** Sets the steps of a route, e.g. `on('/v1/models', ...)`. */
  on(path: string, ...steps: readonly Step[]): this {
    this.#routes.set(path, [...steps]);
    return this;
  }

  /** Requests to one route. */
  to(path: string): readonly ScriptedRequest[] {
    return this.requests.filter((request) => request.path === path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#open++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#open);
    const text = await readAll(request);
    const seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
      abandoned: false,
    };
    response.on('close', () => {
      seen.abandoned = !response.writableFinished;
    });
    this.requests.push(seen);
    // Requests sent at the same time are all open before the first is answered.
    for (let i = 0; i < 5; i++) await turn();
    const steps = this.#routes.get(seen.path);
    const step = steps === undefined ? NOT_FOUND : steps.length > 1 ? steps.shift()! : (steps[0] ?? NOT_FOUND);
    this.#open--;
    play(step, seen, response);
  }
}

const NOT_FOUND: Step = { kind: 'json', status: 404, body: { error: { message: 'no such route' } } };

function play(step: Step, request: ScriptedRequest, response: ServerResponse): void {
  switch (step.kind) {
    case 'reply':
      play(step.reply(request), request, response);
      return;
    case 'json':
      response.writeHead(step.status ?? 200, { 'content-type': 'application/json', ...step.headers });
      response.end(JSON.stringify(step.body));
      return;
    case 'raw':
      response.writeHead(step.status ?? 200, { 'content-type': step.type ?? 'text/plain' });
      if (step.cut === true) response.write(step.text, () => response.destroy());
      else response.end(step.text);
      return;
    case 'drop':
      response.destroy();
      return;
    case 'stall':
      if (step.text !== undefined) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(step.text);
      }
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
