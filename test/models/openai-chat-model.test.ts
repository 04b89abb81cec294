import assert from 'node:assert/strict';
import { isAbort, ModelError } from '../../src/errors.js';
import type { ModelEndpointOptions } from '../../src/models/model-endpoint.js';
import { OpenAiChatModel } from '../../src/models/openai-chat-model.js';
import type { ChatChunk, ChatRequest } from '../../src/ports/index.js';
import { events, ScriptedServer, type Step } from './scripted-server.js';

const PATH = '/v1/chat/completions';
const NOW = { 'retry-after-ms': '1' };
const MODELS: Step = {
  kind: 'json',
  body: { object: 'list', data: [{ id: 'smollm2-135m' }, { id: 'llama3:latest' }] },
};
const ASK: ChatRequest = { messages: [{ role: 'user', content: 'Say hi.' }] };

const chunk = (delta: object, finish_reason: string | null = null, more: object = {}): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 0,
  model: 'smollm2-135m',
  choices: [{ index: 0, delta, logprobs: null, finish_reason }],
  ...more,
});
/** Recorded: the role first, the pieces, an empty delta with the reason; no usage though it was asked for. */
const HI: readonly object[] = [
  chunk({ role: 'assistant' }),
  chunk({ content: 'Hi' }),
  chunk({ content: ' there!' }),
  chunk({}, 'stop'),
];
const error = (status: number, body: object, headers: Record<string, string> = {}): Step => ({
  kind: 'json',
  status,
  headers,
  body: { error: body },
});

describe('OpenAiChatModel', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = (await ScriptedServer.start()).on('/v1/models', MODELS).on(PATH, events(HI));
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const model = (options: Partial<ModelEndpointOptions> = {}): OpenAiChatModel =>
    new OpenAiChatModel({ baseUrl: server.baseUrl, model: 'smollm2-135m', ...options });
  const collect = async (chat: OpenAiChatModel, request = ASK): Promise<ChatChunk[]> => {
    const chunks: ChatChunk[] = [];
    for await (const piece of chat.stream(request)) chunks.push(piece);
    return chunks;
  };
  const bodies = (): readonly Record<string, unknown>[] =>
    server.to(PATH).map((request) => request.body as Record<string, unknown>);
  const failsWith = async (
    code: string,
    pattern: RegExp,
    options: Partial<ModelEndpointOptions> = {},
  ): Promise<ChatChunk[]> => {
    const chunks: ChatChunk[] = [];
    const run = async (): Promise<void> => {
      for await (const piece of model({ maxRetries: 0, ...options }).stream(ASK)) chunks.push(piece);
    };
    const thrown = await run().catch((e: unknown) => e);
    assert.ok(thrown instanceof ModelError, String(thrown));
    assert.equal(thrown.code, code);
    assert.match(thrown.message, pattern);
    assert.notEqual(thrown.remedy, '');
    return chunks;
  };

  it('streams the pieces as they come and ends with the reason; usage that the stream lacks is counted', async () => {
    assert.deepEqual(await collect(model()), [
      { kind: 'text', text: 'Hi' },
      { kind: 'text', text: ' there!' },
      { kind: 'end', usage: { promptTokens: 7, completionTokens: 3, estimated: true }, finishReason: 'stop' },
    ]);
  });

  it('takes the usage of a last chunk without choices', async () => {
    const usage = { prompt_tokens: 31, completion_tokens: 2, total_tokens: 33 };
    server.on(PATH, events([...HI, { ...chunk({}), choices: [], usage }]));
    const chunks = await collect(model());
    assert.deepEqual(chunks.at(-1), {
      kind: 'end',
      usage: { promptTokens: 31, completionTokens: 2, estimated: false },
      finishReason: 'stop',
    });
  });

  it('sends messages and sampling as asked, with defaults that repeat', async () => {
    const messages = [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'Hi' },
    ] as const;
    await collect(model(), { messages, maxTokens: 9, temperature: 0.5, seed: 7 });
    await collect(model());
    const common = { model: 'smollm2-135m', stream: true, stream_options: { include_usage: true } };
    assert.deepEqual(bodies(), [
      { ...common, messages: [...messages], max_tokens: 9, temperature: 0.5, seed: 7 },
      { ...common, messages: ASK.messages, max_tokens: 512, temperature: 0 },
    ]);
  });

  it('leaves out parameters that the endpoint names as unsupported, and remembers them (hosted, written by hand)', async () => {
    const refuse = (param: string): Step =>
      error(400, {
        message: `Unsupported parameter: '${param}'`,
        type: 'invalid_request_error',
        param,
        code: 'unsupported_parameter',
      });
    server.on(PATH, refuse('max_tokens'), refuse('temperature'), events(HI));
    const chat = model({ maxRetries: 0 });
    await collect(chat);
    await collect(chat);
    assert.equal(bodies().length, 4);
    for (const body of bodies().slice(2)) {
      assert.equal(body['max_completion_tokens'], 512);
      assert.ok(!('max_tokens' in body) && !('temperature' in body));
    }
  });

  it('tells an answer cut at the token limit', async () => {
    server.on(PATH, events([...HI.slice(0, 2), chunk({}, 'length')]));
    const last = (await collect(model())).at(-1);
    assert.ok(last?.kind === 'end' && last.finishReason === 'length');
  });

  it('passes over chunks without choices, empty deltas and comments', async () => {
    const odd = [': ping', { object: 'x' }, { choices: [] }, chunk({ content: null }), chunk({ content: '' }), ...HI];
    const lines = odd.map((item) => (typeof item === 'string' ? `${item}\n\n` : `data: ${JSON.stringify(item)}\n\n`));
    server.on(PATH, { kind: 'raw', type: 'text/event-stream', text: `${lines.join('')}data: [DONE]\n\n` });
    const texts = (await collect(model())).map((piece) => (piece.kind === 'text' ? piece.text : '.'));
    assert.deepEqual(texts, ['Hi', ' there!', '.']);
  });

  it('tries again after 429 and 5xx with the pause the server asks for', async () => {
    server.on(PATH, error(429, { message: 'busy' }, NOW), error(500, { message: 'oops' }, NOW), events(HI));
    assert.equal((await collect(model())).length, 3);
    assert.equal(bodies().length, 3);
  });

  it('says that the context is exceeded by the code of the reply (recorded)', async () => {
    const message =
      "This model's maximum context length is 2048 tokens. However, you requested 3016 tokens (3015 in the messages, 1 in the completion). Please reduce the length of the messages or completion.";
    server.on(
      PATH,
      error(400, { message, type: 'invalid_request_error', param: 'messages', code: 'context_length_exceeded' }),
    );
    await failsWith('MODEL_CONTEXT_EXCEEDED', /maximum context length is 2048 tokens/);
  });

  it('asks why a stream came empty, and says that the context is exceeded (recorded)', async () => {
    const message =
      "This model's maximum context length is 2048 tokens. However, you requested 3016 tokens (3015 in the messages, 1 in the completion). Please reduce the length of the messages or completion.";
    const reason = error(400, {
      message,
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    });
    server.on(PATH, { kind: 'raw', type: 'text/event-stream', text: '' }, reason);
    assert.deepEqual(await failsWith('MODEL_CONTEXT_EXCEEDED', /maximum context length is 2048 tokens/), []);
    const [first, second] = bodies();
    assert.equal(first!['stream'], true);
    assert.deepEqual(second, { model: 'smollm2-135m', messages: ASK.messages, max_tokens: 1, temperature: 0 });
  });

  const FAULTS: readonly (readonly [string, Step, string, RegExp])[] = [
    [
      '500 for a wrong parameter (recorded)',
      error(500, { message: "1 validation error:\n {'type': 'float_parsing'}", type: 'internal_server_error' }),
      'MODEL_FAILED',
      /failed: 500/,
    ],
    ['another 400', error(400, { message: 'bad role' }), 'MODEL_REFUSED', /refused the request: 400 bad role/],
    ['401', error(401, { message: 'no key' }), 'MODEL_UNAUTHORISED', /refused the key/],
    ['404', error(404, { message: 'no such model' }), 'MODEL_NOT_FOUND', /no such model/],
    ['429', error(429, { message: 'slow down' }), 'MODEL_RATE_LIMITED', /slow down/],
    ['a dropped connection', { kind: 'drop' }, 'MODEL_UNREACHABLE', /cannot be reached/],
    [
      'an error inside the stream',
      events([HI[0]!, { error: { message: 'out of memory' } }]),
      'MODEL_FAILED',
      /out of memory/,
    ],
    ['malformed JSON in the stream', events([HI[0]!, '{"choices": [']), 'MODEL_REPLY_MALFORMED', /not JSON/],
    ['no choices at all', events([{ choices: [] }]), 'MODEL_REPLY_MALFORMED', /without choices/],
    [
      'a whole completion instead of a stream',
      { kind: 'json', body: { choices: [{ message: { content: 'Hi' } }] } },
      'MODEL_REPLY_MALFORMED',
      /without choices/,
    ],
    [
      'a web page',
      { kind: 'raw', type: 'text/html', text: '<html><body>login</body></html>' },
      'MODEL_REPLY_MALFORMED',
      /without choices/,
    ],
  ];
  for (const [what, step, code, pattern] of FAULTS) {
    it(`throws ${code} for ${what}`, async () => {
      server.on(PATH, step);
      assert.deepEqual(await failsWith(code, pattern), []);
    });
  }

  it('throws when the stream stops before its end, after passing on what came', async () => {
    const said: ChatChunk[] = [{ kind: 'text', text: 'Hi' }];
    server.on(PATH, events(HI.slice(0, 2), false));
    assert.deepEqual(await failsWith('MODEL_STREAM_TRUNCATED', /before the end/), said);
    server.on(PATH, events(HI.slice(0, 2)));
    assert.deepEqual(await failsWith('MODEL_STREAM_TRUNCATED', /before the end/), said);
    const cut = events(HI.slice(0, 2), false);
    server.on(PATH, { ...cut, cut: true } as Step);
    assert.deepEqual(await failsWith('MODEL_CONNECTION_LOST', /broke the connection/), said);
  });

  it('times out on an endpoint that never answers, and on one that falls silent', async () => {
    server.on(PATH, { kind: 'stall' });
    assert.deepEqual(await failsWith('MODEL_TIMEOUT', /sent nothing for 40 ms/, { timeoutMs: 40 }), []);
    server.on(PATH, { kind: 'stall', text: `data: ${JSON.stringify(HI[1])}\n\n` });
    const chunks = await failsWith('MODEL_TIMEOUT', /sent nothing for 40 ms/, { timeoutMs: 40 });
    assert.deepEqual(chunks, [{ kind: 'text', text: 'Hi' }]);
  });

  it('does not count the time its reader takes', async () => {
    const texts: string[] = [];
    for await (const piece of model({ timeoutMs: 40 }).stream(ASK)) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      if (piece.kind === 'text') texts.push(piece.text);
    }
    assert.deepEqual(texts, ['Hi', ' there!']);
  });

  it('looks the model up once: an unknown one is refused though the endpoint would answer (recorded)', async () => {
    await failsWith('MODEL_UNKNOWN', /serves no model "nope", only: smollm2-135m, llama3:latest/, { model: 'nope' });
    assert.equal(bodies().length, 0);
    const chat = model();
    await collect(chat);
    await collect(chat);
    assert.equal(server.to('/v1/models').length, 2);
    assert.equal((await collect(model({ model: 'llama3' }))).length, 3);
  });

  it('checks again after a check that failed', async () => {
    server.on('/v1/models', error(503, { message: 'loading' }), MODELS);
    const chat = model({ maxRetries: 0 });
    await assert.rejects(collect(chat), (e) => e instanceof ModelError && e.code === 'MODEL_FAILED');
    assert.equal((await collect(chat)).length, 3);
  });

  it('throws the reason of an abort, before and during the stream, and closes the connection', async () => {
    await assert.rejects(collect(model(), { ...ASK, signal: AbortSignal.abort() }), isAbort);
    assert.equal(server.requests.length, 0);

    server.on(PATH, { kind: 'stall', text: `data: ${JSON.stringify(HI[1])}\n\n` });
    const controller = new AbortController();
    const texts: string[] = [];
    const run = async (): Promise<void> => {
      for await (const piece of model().stream({ ...ASK, signal: controller.signal })) {
        if (piece.kind === 'text') texts.push(piece.text);
        controller.abort();
      }
    };
    await assert.rejects(run(), isAbort);
    assert.deepEqual(texts, ['Hi']);
  });

  it('closes the connection when its reader leaves', async () => {
    server.on(PATH, { kind: 'stall', text: `data: ${JSON.stringify(HI[1])}\n\n` });
    for await (const piece of model().stream(ASK)) {
      assert.deepEqual(piece, { kind: 'text', text: 'Hi' });
      break;
    }
    while (!server.to(PATH)[0]!.abandoned) await new Promise((resolve) => setImmediate(resolve));
  });
});
