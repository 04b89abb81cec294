/** Chat completions, streamed, from any OpenAI-compatible endpoint. */
import type OpenAI from 'openai';
import type { ChatChunk, ChatMessage, ChatModel, ChatRequest, ChatUsage } from '../ports/index.js';
import { ModelEndpoint, type ModelEndpointOptions } from './model-endpoint.js';

const DEFAULT_MAX_TOKENS = 512;
/** Tokens that the chat format adds to each message, about. */
const MESSAGE_OVERHEAD = 4;

type Parameters = OpenAI.ChatCompletionCreateParamsStreaming;
type Optional = 'max_tokens' | 'temperature' | 'seed' | 'stream_options';
const OPTIONAL: ReadonlySet<string> = new Set<Optional>(['max_tokens', 'temperature', 'seed', 'stream_options']);

export class OpenAiChatModel implements ChatModel {
  readonly id: string;
  readonly #endpoint: ModelEndpoint;
  /** Parameters that the endpoint refused; it is not asked with them again. */
  readonly #refused = new Set<string>();

  constructor(options: ModelEndpointOptions) {
    this.#endpoint = new ModelEndpoint(options);
    this.id = options.model;
  }

  /**
   * The reply in pieces. Leaving the loop closes the connection.
   * @throws ModelError; the signal's reason when it is aborted
   */
  async *stream(request: ChatRequest): AsyncGenerator<ChatChunk, void, undefined> {
    const { signal } = request;
    signal?.throwIfAborted();
    const endpoint = this.#endpoint;
    const idle = new IdleTimer(endpoint.timeoutMs);
    const both = signal === undefined ? idle.signal : AbortSignal.any([signal, idle.signal]);
    let text = '';
    let finishReason: string | undefined;
    let usage: ChatUsage | undefined;
    let choices = 0;
    try {
      const client = await endpoint.client(signal);
      const chunks = await this.#open(client, request, both);
      idle.restart();
      for await (const chunk of chunks) {
        idle.restart();
        if (chunk.usage) usage = readUsage(chunk.usage);
        // Some servers send chunks without choices, or without the list.
        const choice = (chunk.choices as OpenAI.ChatCompletionChunk.Choice[] | undefined)?.[0];
        if (choice === undefined) continue;
        choices++;
        finishReason = choice.finish_reason ?? finishReason;
        const piece = (choice.delta as { content?: unknown } | undefined)?.content;
        if (typeof piece !== 'string' || piece === '') continue;
        text += piece;
        idle.stop();
        yield { kind: 'text', text: piece };
        idle.restart();
      }
    } catch (error) {
      throw idle.fired ? endpoint.timeout(error) : endpoint.explain(error, signal);
    } finally {
      idle.stop();
    }
    // The client ends an aborted stream as if it were complete.
    if (signal?.aborted === true) throw signal.reason;
    if (idle.fired) throw endpoint.timeout();
    if (choices === 0) throw await this.#causeOfEmptyStream(request);
    if (finishReason === undefined) throw endpoint.truncated();
    yield { kind: 'end', usage: usage ?? (await countUsage(request.messages, text)), finishReason };
  }

  /** Leaves out one after another the parameters that the endpoint names as unsupported. */
  async #open(
    client: OpenAI,
    request: ChatRequest,
    signal: AbortSignal,
  ): Promise<AsyncIterable<OpenAI.ChatCompletionChunk>> {
    for (;;) {
      try {
        return await client.chat.completions.create(this.#parameters(request), { signal });
      } catch (error) {
        const parameter = this.#endpoint.refusedParameter(error);
        if (parameter === undefined || !OPTIONAL.has(parameter) || this.#refused.has(parameter)) throw error;
        this.#refused.add(parameter);
      }
    }
  }

  /**
   * Some servers have answered 200 before they find that they cannot (llama-cpp-python, when the context is exceeded), and
   * then send nothing: asked without streaming they say why.
   */
  async #causeOfEmptyStream(request: ChatRequest): Promise<unknown> {
    const { stream: _stream, stream_options: _options, ...parameters } = this.#parameters({ ...request, maxTokens: 1 });
    const { signal } = request;
    try {
      const client = await this.#endpoint.client(signal);
      await client.chat.completions.create(parameters, signal === undefined ? {} : { signal });
    } catch (error) {
      return this.#endpoint.explain(error, signal);
    }
    return this.#endpoint.malformed('a stream without choices');
  }

  #parameters(request: ChatRequest): Parameters {
    const maxTokens = request.maxTokens ?? DEFAULT_MAX_TOKENS;
    const parameters: Parameters = {
      model: this.id,
      messages: request.messages.map(({ role, content }) => ({ role, content })),
      stream: true,
    };
    // Newer hosted models take the other name only.
    if (this.#refused.has('max_tokens')) parameters.max_completion_tokens = maxTokens;
    else parameters.max_tokens = maxTokens;
    if (!this.#refused.has('temperature')) parameters.temperature = request.temperature ?? 0;
    if (!this.#refused.has('seed') && request.seed !== undefined) parameters.seed = request.seed;
    if (!this.#refused.has('stream_options')) parameters.stream_options = { include_usage: true };
    return parameters;
  }
}

/** Aborts when nothing came for a while; the client's own time-out ends with the head of the reply. */
class IdleTimer {
  readonly #controller = new AbortController();
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;
  fired = false;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  restart(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.fired = true;
      this.#controller.abort();
    }, this.#milliseconds);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function readUsage(usage: OpenAI.CompletionUsage): ChatUsage {
  return { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens, estimated: false };
}

/** Counted with one encoding whatever the model: an estimate, and marked as such. */
async function countUsage(messages: readonly ChatMessage[], reply: string): Promise<ChatUsage> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  const promptTokens = messages.reduce((sum, message) => sum + countTokens(message.content) + MESSAGE_OVERHEAD, 0);
  return { promptTokens, completionTokens: countTokens(reply), estimated: true };
}
