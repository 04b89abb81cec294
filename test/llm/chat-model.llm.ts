/** The chat adapter against a real server and model: protocol, streaming, budgets and faults, never quality. */
import assert from 'node:assert/strict';
import { isAbort, ModelError } from '../../src/errors.js';
import { OpenAiChatModel } from '../../src/models/openai-chat-model.js';
import type { ChatChunk, ChatRequest } from '../../src/ports/index.js';
import { type ModelServer, startChatServer } from './model-server.js';

const MODEL = 'smollm2-135m';
const ask = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: 'user', content }],
  temperature: 0,
  seed: 1,
  ...more,
});

describe('OpenAiChatModel at llama-cpp-python', function () {
  this.timeout(45 * 60_000);
  let server: ModelServer;
  before(async () => {
    server = await startChatServer();
  });
  after(() => server?.[Symbol.asyncDispose]());

  const model = (more: object = {}): OpenAiChatModel =>
    new OpenAiChatModel({ baseUrl: server.baseUrl, model: MODEL, maxRetries: 0, timeoutMs: 90_000, ...more });
  const collect = async (request: ChatRequest, chat = model()): Promise<ChatChunk[]> => {
    const chunks: ChatChunk[] = [];
    for await (const chunk of chat.stream(request)) chunks.push(chunk);
    return chunks;
  };
  const textOf = (chunks: readonly ChatChunk[]): string =>
    chunks.map((chunk) => (chunk.kind === 'text' ? chunk.text : '')).join('');

  it('streams an answer in several pieces and counts what the stream does not say', async () => {
    const chunks = await collect(ask('What is the capital of Norway?', { maxTokens: 32 }));
    assert.ok(chunks.filter((chunk) => chunk.kind === 'text').length > 2);
    const last = chunks.at(-1);
    assert.ok(last?.kind === 'end');
    assert.match(last.finishReason, /^(stop|length)$/);
    assert.ok(last.usage.promptTokens > 5 && last.usage.completionTokens > 0);
  });

  it('gives the same text twice at temperature 0', async () => {
    const request = ask('Name three rivers.', { maxTokens: 24 });
    assert.equal(textOf(await collect(request)), textOf(await collect(request)));
  });

  it('keeps to the budget and says so', async () => {
    const last = (await collect(ask('Tell a long story.', { maxTokens: 5 }))).at(-1);
    assert.ok(last?.kind === 'end' && last.finishReason === 'length');
  });

  it('refuses a model that the server would silently replace', async () => {
    await assert.rejects(
      collect(ask('Hi'), model({ model: 'nope' })),
      (error) => error instanceof ModelError && error.code === 'MODEL_UNKNOWN' && error.message.includes(MODEL),
    );
  });

  it('tells an exceeded context by its code', async () => {
    await assert.rejects(
      collect(ask('word '.repeat(3000))),
      (error) => error instanceof ModelError && error.code === 'MODEL_CONTEXT_EXCEEDED',
    );
  });

  it('stops at an abort in the middle of an answer', async () => {
    const controller = new AbortController();
    const run = async (): Promise<void> => {
      for await (const _ of model().stream(ask('Count to one hundred.', { signal: controller.signal })))
        controller.abort();
    };
    await assert.rejects(run(), isAbort);
  });

  it('times out when the answer takes too long to begin', async () => {
    await assert.rejects(
      collect(ask('word '.repeat(1500)), model({ timeoutMs: 20 })),
      (error) => error instanceof ModelError && error.code === 'MODEL_TIMEOUT',
    );
  });
});
