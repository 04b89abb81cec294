import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Logger, pino } from 'pino';
import { Hopwise } from '../../app/hopwise.js';
import { RequestAborted } from '../../app/http/request-errors.js';
import { type RunningServer, startServer } from '../../app/http/server.js';
import type { Answer } from '../../queries/index.js';
import { eventsOf, gate, post, problemCode, rawConnection, silent } from './http-client.js';
import { temporaryFolder } from './temporary-folder.js';

const ANSWER = { answer: 'An answer.' } as Answer;
const never = (): Promise<never> => new Promise(() => {});

describe('http server in time', () => {
  const folder = temporaryFolder();
  const servers: RunningServer[] = [];
  let hopwise: Hopwise;

  before(async () => {
    hopwise = await Hopwise.open({ store: join(folder.path, 'store') });
  });
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  after(async () => {
    await hopwise.close();
    folder.dispose();
  });

  /** A server over the store, with some methods replaced. */
  async function serve(
    methods: Partial<Pick<Hopwise, 'ask' | 'askStream' | 'collections'>>,
    settings: { requestTimeoutMs?: number; shutdownMs?: number; concurrency?: number } = {},
    logger: Logger = silent,
  ): Promise<RunningServer> {
    const replaced = Object.assign(Object.create(hopwise), methods) as Hopwise;
    const http = { ...hopwise.settings.http, port: 0, shutdownMs: 50, ...settings };
    const server = await startServer(replaced, http, logger);
    servers.push(server);
    return server;
  }

  describe('limits', () => {
    it('answers at the time limit although the work looks at no signal', async () => {
      const { url } = await serve({ ask: never }, { requestTimeoutMs: 100 });
      const response = await post(`${url}/v1/ask`, { question: 'x' });
      assert.equal(response.status, 503);
      assert.equal(await problemCode(response), 'TIMED_OUT');
    });

    it('keeps the signal alive while only the work listens to it', async () => {
      setFlagsFromString('--expose_gc');
      const collect = runInNewContext('gc') as () => void;
      let reason: unknown;
      const ask: Hopwise['ask'] = (_question, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal!.addEventListener('abort', function (this: AbortSignal) {
            reason = this.reason;
            reject(reason);
          });
          for (const delay of [0, 20, 40]) setTimeout(collect, delay);
        });
      const { url } = await serve({ ask }, { requestTimeoutMs: 150 });
      assert.equal((await post(`${url}/v1/ask`, { question: 'x' })).status, 503);
      assert.ok(reason instanceof RequestAborted && reason.why === 'timed-out');
    });

    it('counts the time spent waiting, and never begins what waited too long', async () => {
      const free = gate();
      const asked: string[] = [];
      const ask: Hopwise['ask'] = async (question) => {
        asked.push(question);
        await free.opened;
        return ANSWER;
      };
      const { url } = await serve({ ask }, { requestTimeoutMs: 150, concurrency: 1 });
      const responses = await Promise.all(['a', 'b', 'c'].map((question) => post(`${url}/v1/ask`, { question })));
      assert.deepEqual(await Promise.all(responses.map(problemCode)), ['TIMED_OUT', 'TIMED_OUT', 'TIMED_OUT']);
      assert.equal(asked.length, 1);
      free.open();
      assert.equal((await post(`${url}/v1/ask`, { question: 'd' })).status, 200);
      assert.deepEqual(asked.slice(1), ['d']);
    });

    it('does not work for a client that went away while it waited', async () => {
      const free = gate();
      const begun = gate();
      const asked: string[] = [];
      const ask: Hopwise['ask'] = async (question) => {
        asked.push(question);
        begun.open();
        await free.opened;
        return ANSWER;
      };
      const seen = gate();
      const log = new Writable({
        write: (line: Buffer, _encoding, done) => {
          if (line.toString().includes('"request aborted"')) seen.open();
          done();
        },
      });
      const { url } = await serve({ ask }, { concurrency: 1 }, pino(log));
      const first = post(`${url}/v1/ask`, { question: 'first' });
      await begun.opened;
      const gone = await rawConnection(url);
      const body = JSON.stringify({ question: 'gone' });
      const head = 'POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json';
      gone.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      // A round trip later the server has taken the request.
      await fetch(`${url}/healthz`);
      gone.end();
      await seen.opened;
      free.open();
      assert.equal((await first).status, 200);
      assert.equal((await post(`${url}/v1/ask`, { question: 'last' })).status, 200);
      assert.deepEqual(asked, ['first', 'last']);
    });

    it('says in a stream that the time is over', async () => {
      const askStream: Hopwise['askStream'] = async function* () {
        yield { kind: 'text', text: 'A beginning' };
        await never();
      };
      const { url } = await serve({ askStream }, { requestTimeoutMs: 150 });
      const response = await post(`${url}/v1/ask`, { question: 'x', stream: true });
      const events = eventsOf(await response.text());
      assert.deepEqual(
        events.map(({ event, data }) => [event, data['text'] ?? data['code']]),
        [
          ['text', 'A beginning'],
          ['problem', 'TIMED_OUT'],
        ],
      );
    });
  });

  describe('shutdown', () => {
    it('lets open requests end, and takes nothing new', async () => {
      const begun = gate();
      const free = gate();
      const ask: Hopwise['ask'] = async (_question, { signal } = {}) => {
        begun.open();
        await free.opened;
        assert.equal(signal!.aborted, false);
        return ANSWER;
      };
      const server = await serve({ ask }, { shutdownMs: 30_000 });
      const open = post(`${server.url}/v1/ask`, { question: 'x' });
      await begun.opened;
      // Requests whose first lines are there already, so that their connections are not idle at the shutdown.
      const late = await Promise.all([rawConnection(server.url), rawConnection(server.url)]);
      late[0]!.write('GET /readyz HTTP/1.1\r\nHost: x\r\n');
      late[1]!.write('GET /v1/collections HTTP/1.1\r\nHost: x\r\n');
      await fetch(`${server.url}/healthz`);
      const closed = server.close();
      for (const connection of late) {
        connection.write('\r\n');
        const answer = await connection.answered;
        assert.match(answer, /^HTTP\/1\.1 503 /);
        assert.match(answer, /^Connection: close\r$/m);
        assert.match(answer, /"code":"SHUTTING_DOWN"/);
      }
      await assert.rejects(fetch(`${server.url}/healthz`), 'it listens no more');
      free.open();
      const response = await open;
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('connection'), 'close');
      assert.deepEqual(await response.json(), ANSWER);
      await closed;
    });

    it('aborts what is open when its time is over, and says so', async () => {
      const signals: AbortSignal[] = [];
      const both = gate();
      const begin = (signal: AbortSignal | undefined): void => {
        signals.push(signal!);
        if (signals.length === 2) both.open();
      };
      const ask: Hopwise['ask'] = (_question, { signal } = {}) => {
        begin(signal);
        return never();
      };
      const askStream: Hopwise['askStream'] = async function* (_question, { signal } = {}) {
        yield { kind: 'text', text: 'A beginning' };
        begin(signal);
        await never();
      };
      const server = await serve({ ask, askStream });
      const plain = post(`${server.url}/v1/ask`, { question: 'x' });
      const stream = post(`${server.url}/v1/ask`, { question: 'x', stream: true });
      await both.opened;
      const closed = server.close();
      assert.deepEqual(
        signals.map(({ aborted }) => aborted),
        [false, false],
      );
      assert.equal(await problemCode(await plain), 'SHUTTING_DOWN');
      const last = eventsOf(await (await stream).text()).at(-1)!;
      assert.deepEqual([last.event, last.data['code']], ['problem', 'SHUTTING_DOWN']);
      await closed;
    });
  });
});
