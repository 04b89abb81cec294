import assert from 'node:assert/strict';
import { isAbort, ModelError } from '../../src/errors.js';
import { OpenAiEmbedder, type OpenAiEmbedderOptions } from '../../src/models/openai-embedder.js';
import { type ScriptedRequest, ScriptedServer, type Step } from './scripted-server.js';

const MODELS: Step = { kind: 'json', body: { object: 'list', data: [{ id: 'e5', object: 'model' }] } };
/** Retries at once. */
const NOW = { 'retry-after-ms': '1' };

interface EmbeddingBody {
  readonly model: string;
  readonly input: readonly string[];
  readonly encoding_format: string;
  readonly dimensions?: number;
}
const bodyOf = (request: ScriptedRequest): EmbeddingBody => request.body as EmbeddingBody;

/** Embeds a text as [its length, 4]; answers in reverse order of the index, as an endpoint may. */
const lengths: Step = {
  kind: 'reply',
  reply: (request) => {
    const { input, encoding_format } = bodyOf(request);
    const data = input.map((text, index) => {
      const vector = [text.length, 4];
      const bytes = new Uint8Array(Float32Array.from(vector).buffer);
      return { index, embedding: encoding_format === 'base64' ? Buffer.from(bytes).toString('base64') : vector };
    });
    return { kind: 'json', body: { object: 'list', data: data.reverse() } };
  },
};

describe('OpenAiEmbedder', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = (await ScriptedServer.start()).on('/v1/models', MODELS).on('/v1/embeddings', lengths);
  });
  afterEach(() => server[Symbol.asyncDispose]());

  const embedder = (options: Partial<OpenAiEmbedderOptions> = {}): OpenAiEmbedder =>
    new OpenAiEmbedder({ baseUrl: server.baseUrl, model: 'e5', dimensions: 2, ...options });
  const failsWith = async (
    code: string,
    pattern: RegExp,
    options: Partial<OpenAiEmbedderOptions> = {},
  ): Promise<ModelError> => {
    const error = await embedder({ maxRetries: 0, ...options })
      .embed(['abc'], 'passage')
      .catch((e: unknown) => e);
    assert.ok(error instanceof ModelError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, pattern);
    assert.notEqual(error.remedy, '');
    return error;
  };

  it('gives unit rows in the order of the texts, whatever the order of the reply', async () => {
    const out = await embedder().embed(['abc', '', 'abcdefgh'.slice(0, 3), ' '], 'passage');
    const row = [Math.fround(3 / 5), Math.fround(4 / 5)];
    assert.deepEqual([...out], [...row, 0, 0, ...row, 0, 0]);
    assert.deepEqual(bodyOf(server.to('/v1/embeddings')[0]!).input, ['abc', 'abc']);
  });

  it('asks for base64, and takes floats where the endpoint sends them anyway', async () => {
    const floats: Step = { kind: 'json', body: { data: [{ index: 0, embedding: [0, -2] }] } };
    server.on('/v1/embeddings', floats);
    assert.deepEqual([...(await embedder().embed(['abc'], 'passage'))], [0, -1]);
    assert.equal(bodyOf(server.to('/v1/embeddings')[0]!).encoding_format, 'base64');
  });

  it('asks for floats once base64 was refused, and does not try base64 again', async () => {
    const refusal: Step = { kind: 'json', status: 400, body: { error: { message: 'unknown encoding_format' } } };
    server.on('/v1/embeddings', refusal, lengths);
    const model = embedder({ batchSize: 1 });
    await model.embed(['abc', 'abcd'], 'passage');
    await model.embed(['abc'], 'passage');
    assert.deepEqual(
      server.to('/v1/embeddings').map((request) => bodyOf(request).encoding_format),
      ['base64', 'float', 'float', 'float'],
    );
  });

  it('puts the prefix of the kind before each text, and names the passage prefix in its id', async () => {
    const model = embedder({ questionPrefix: 'query: ', passagePrefix: 'passage: ' });
    await model.embed(['a'], 'question');
    await model.embed(['a'], 'passage');
    assert.deepEqual(
      server.to('/v1/embeddings').map((request) => bodyOf(request).input),
      [['query: a'], ['passage: a']],
    );
    assert.equal(model.id, 'openai:e5 "passage: "');
    assert.equal(embedder().id, 'openai:e5');
  });

  it('sends batches of the size asked, at most so many at once, and puts every row in its place', async () => {
    const texts = Array.from({ length: 23 }, (_, i) => 'x'.repeat(i + 1));
    const out = await embedder({ batchSize: 2, concurrency: 3 }).embed(texts, 'passage');
    const sizes = server.to('/v1/embeddings').map((request) => bodyOf(request).input.length);
    assert.deepEqual(sizes.sort(), [1, ...Array<number>(11).fill(2)]);
    assert.equal(server.mostAtOnce, 3);
    for (const [i, text] of texts.entries()) {
      const norm = Math.sqrt(text.length ** 2 + 16);
      assert.deepEqual([...out.subarray(2 * i, 2 * i + 2)], [Math.fround(text.length / norm), Math.fround(4 / norm)]);
    }
  });

  it('asks for shorter vectors only when told to', async () => {
    await embedder().embed(['a'], 'passage');
    await embedder({ shorten: true }).embed(['a'], 'passage');
    assert.deepEqual(
      server.to('/v1/embeddings').map((request) => bodyOf(request).dimensions),
      [undefined, 2],
    );
  });

  it('sends the key as bearer, and looks the model up once', async () => {
    const model = embedder({ apiKey: 'secret' });
    await model.embed(['a'], 'passage');
    await model.embed(['b'], 'passage');
    assert.equal(server.to('/v1/models').length, 1);
    assert.equal(server.to('/v1/embeddings')[1]!.headers.authorization, 'Bearer secret');
  });

  it('needs no request for nothing', async () => {
    assert.deepEqual(await embedder().embed([], 'passage'), new Float32Array(0));
    assert.deepEqual(await embedder().embed([' '], 'passage'), new Float32Array(2));
    assert.equal(server.requests.length, 0);
  });

  it('tries again after 429, 500, 503 and a dropped connection', async () => {
    const busy = (status: number): Step => ({
      kind: 'json',
      status,
      headers: NOW,
      body: { error: { message: 'busy' } },
    });
    server.on('/v1/embeddings', { kind: 'drop' }, busy(429), busy(500), busy(503), lengths);
    const out = await embedder({ maxRetries: 4 }).embed(['abc'], 'passage');
    assert.equal(out[0], Math.fround(3 / 5));
    assert.equal(server.to('/v1/embeddings').length, 5);
  });

  it('gives up after the attempts allowed, naming cause and remedy', async () => {
    server.on('/v1/embeddings', { kind: 'json', status: 429, headers: NOW, body: { error: { message: 'slow down' } } });
    await failsWith('MODEL_RATE_LIMITED', /rate limiting: 429 slow down/, { maxRetries: 2 });
    assert.equal(server.to('/v1/embeddings').length, 3);
  });

  it('does not try again what cannot succeed', async () => {
    server.on('/v1/embeddings', { kind: 'json', status: 401, body: { error: { message: 'bad key' } } });
    await failsWith('MODEL_UNAUTHORISED', /refused the key: 401 bad key/, { maxRetries: 3 });
    assert.equal(server.to('/v1/embeddings').length, 1);
  });

  it('refuses vectors of another length than configured', async () => {
    const error = await failsWith('EMBEDDING_DIMENSIONS', /e5 gives 2 dimensions, the settings say 3/, {
      dimensions: 3,
    });
    assert.match(error.remedy, /Set dimensions to 2/);
    assert.equal(error.place.field, 'dimensions');
  });

  const vector = (embedding: unknown, index: unknown = 0): Step => ({
    kind: 'json',
    body: { data: [{ index, embedding }] },
  });
  const MALFORMED: readonly (readonly [string, Step, RegExp])[] = [
    ['too few vectors', { kind: 'json', body: { data: [] } }, /0 vectors for 1 texts/],
    ['no list', { kind: 'json', body: { ok: true } }, /no vectors for 1 texts/],
    ['an index out of place', vector([1, 2], 5), /index 5 is out of place/],
    ['a vector that is none', vector({ x: 1 }), /neither numbers nor base64/],
    ['a vector with holes', vector([null, Number.MAX_VALUE]), /no finite number/],
    ['JSON cut short', { kind: 'raw', type: 'application/json', text: '{"data":[' }, /it is not JSON/],
    ['a web page', { kind: 'raw', type: 'text/html', text: '<html>' }, /no vectors/],
  ];
  for (const [what, step, pattern] of MALFORMED) {
    it(`refuses a reply with ${what}`, async () => {
      server.on('/v1/embeddings', step);
      await failsWith('MODEL_REPLY_MALFORMED', pattern);
    });
  }

  it('names an endpoint that is not there, and one that is silent', async () => {
    await failsWith('MODEL_UNREACHABLE', /127\.0\.0\.1:9\/v1 .* cannot be reached/, {
      baseUrl: 'http://127.0.0.1:9/v1',
    });
    server.on('/v1/embeddings', { kind: 'stall' });
    await failsWith('MODEL_TIMEOUT', /sent nothing for 30 ms/, { timeoutMs: 30 });
  });

  it('names the models there are when the one asked is not among them', async () => {
    await failsWith('MODEL_UNKNOWN', /serves no model "e6", only: e5/, { model: 'e6' });
    assert.equal(server.to('/v1/embeddings').length, 0);
  });

  it('believes endpoints that list no models', async () => {
    for (const step of [
      { kind: 'json', status: 404, body: {} },
      { kind: 'json', body: { data: [] } },
    ] as const) {
      server.on('/v1/models', step);
      assert.equal((await embedder({ model: 'any' }).embed(['abc'], 'passage')).length, 2);
    }
    server.on('/v1/models', { kind: 'json', status: 500, headers: NOW, body: {} });
    assert.equal((await embedder({ checkModel: false }).embed(['abc'], 'passage')).length, 2);
  });

  it('stops at an abort: no request when it came before, the reason thrown when it came during', async () => {
    const early = await embedder()
      .embed(['a'], 'passage', AbortSignal.abort())
      .catch((e: unknown) => e);
    assert.ok(isAbort(early));
    assert.equal(server.requests.length, 0);

    const controller = new AbortController();
    server.on('/v1/embeddings', {
      kind: 'reply',
      reply: () => {
        controller.abort();
        return { kind: 'stall' };
      },
    });
    const late = await embedder()
      .embed(['a'], 'passage', controller.signal)
      .catch((e: unknown) => e);
    assert.ok(isAbort(late), String(late));
  });

  it('fails as a whole when one batch fails', async () => {
    let count = 0;
    server.on('/v1/embeddings', {
      kind: 'reply',
      reply: () => (++count === 3 ? { kind: 'json', status: 400, body: { error: { message: 'too long' } } } : lengths),
    });
    const model = embedder({ batchSize: 1, encoding: 'float', maxRetries: 0 });
    const error = await model.embed(Array<string>(40).fill('abc'), 'passage').catch((e: unknown) => e);
    assert.ok(error instanceof ModelError && error.code === 'MODEL_REFUSED', String(error));
    assert.ok(server.to('/v1/embeddings').length < 40);
  });
});
