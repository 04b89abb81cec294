/** Embeddings from any OpenAI-compatible endpoint. */
import { setMaxListeners } from 'node:events';
import type OpenAI from 'openai';
import pLimit from 'p-limit';
import { ModelError } from '../errors.js';
import type { Embedder } from '../ports/index.js';
import { ModelEndpoint, type ModelEndpointOptions } from './model-endpoint.js';

export interface OpenAiEmbedderOptions extends ModelEndpointOptions {
  /** Length of the vectors; a reply of another length is refused. */
  readonly dimensions: number;
  /** Asks the endpoint to shorten its vectors to `dimensions` (only some models can). Default false. */
  readonly shorten?: boolean | undefined;
  /** Put before questions, as e5 models want (`query: `). Default none. */
  readonly questionPrefix?: string | undefined;
  /** Put before passages (`passage: `). Default none. */
  readonly passagePrefix?: string | undefined;
  /** Texts in one request, 1..2048. Default 64. */
  readonly batchSize?: number | undefined;
  /** Requests at once. Default 4. */
  readonly concurrency?: number | undefined;
  /** How vectors travel; endpoints that refuse base64 are asked for floats after the first refusal. Default base64. */
  readonly encoding?: 'base64' | 'float' | undefined;
}

const DEFAULT_BATCH = 64;
const DEFAULT_CONCURRENCY = 4;

/** A batch of texts and the rows their vectors belong to. */
interface Batch {
  readonly rows: readonly number[];
  readonly input: string[];
}

export class OpenAiEmbedder implements Embedder {
  /** `openai:MODEL`, with the passage prefix when there is one: another prefix gives other vectors. */
  readonly id: string;
  readonly dimensions: number;
  readonly #endpoint: ModelEndpoint;
  readonly #options: OpenAiEmbedderOptions;
  #encoding: 'base64' | 'float';

  constructor(options: OpenAiEmbedderOptions) {
    this.#endpoint = new ModelEndpoint(options);
    this.#options = options;
    this.#encoding = options.encoding ?? 'base64';
    this.dimensions = options.dimensions;
    const prefix = options.passagePrefix ?? '';
    this.id = `openai:${options.model}${prefix === '' ? '' : ` ${JSON.stringify(prefix)}`}`;
  }

  async embed(texts: readonly string[], kind: 'passage' | 'question', signal?: AbortSignal): Promise<Float32Array> {
    signal?.throwIfAborted();
    const out = new Float32Array(texts.length * this.dimensions);
    const batches = this.#batches(texts, kind);
    if (batches.length === 0) return out;
    const stop = new AbortController();
    const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    // The client leaves a listener behind for every request of the call.
    setMaxListeners(0, both);
    const limit = pLimit(this.#options.concurrency ?? DEFAULT_CONCURRENCY);
    try {
      const client = await this.#endpoint.client(signal);
      // The first alone, so that an endpoint which refuses base64 is asked once and not by every request under way.
      await this.#embedBatch(client, batches[0]!, out, both);
      await Promise.all(batches.slice(1).map((batch) => limit(() => this.#embedBatch(client, batch, out, both))));
    } catch (error) {
      // One batch that fails for good fails the call: the others need not go on.
      limit.clearQueue();
      stop.abort();
      throw this.#endpoint.explain(error, signal);
    }
    return out;
  }

  /** Blank texts are left out: endpoints refuse them, and their row of zeros is what the port asks for. */
  #batches(texts: readonly string[], kind: 'passage' | 'question'): Batch[] {
    const prefix = (kind === 'passage' ? this.#options.passagePrefix : this.#options.questionPrefix) ?? '';
    const rows = texts.flatMap((text, row) => (text.trim() === '' ? [] : [row]));
    const size = this.#options.batchSize ?? DEFAULT_BATCH;
    const batches: Batch[] = [];
    for (let from = 0; from < rows.length; from += size) {
      const part = rows.slice(from, from + size);
      batches.push({ rows: part, input: part.map((row) => prefix + texts[row]!) });
    }
    return batches;
  }

  async #embedBatch(client: OpenAI, batch: Batch, out: Float32Array, signal: AbortSignal): Promise<void> {
    const reply = await this.#request(client, batch.input, signal);
    const data: unknown = (reply as { readonly data?: unknown } | undefined)?.data;
    if (!Array.isArray(data) || data.length !== batch.input.length) {
      const count = Array.isArray(data) ? `${data.length}` : 'no';
      throw this.#endpoint.malformed(`${count} vectors for ${batch.input.length} texts`);
    }
    const seen = new Set<number>();
    for (const [position, item] of (data as readonly { index?: unknown; embedding?: unknown }[]).entries()) {
      const index = typeof item.index === 'number' ? item.index : position;
      const row = batch.rows[index];
      if (row === undefined || seen.has(index)) throw this.#endpoint.malformed(`index ${index} is out of place`);
      seen.add(index);
      this.#store(this.#decode(item.embedding), out, row * this.dimensions);
    }
  }

  async #request(client: OpenAI, input: string[], signal: AbortSignal): Promise<unknown> {
    const { model, shorten } = this.#options;
    const body = { model, input, ...(shorten === true ? { dimensions: this.dimensions } : {}) };
    const encoding = this.#encoding;
    try {
      return await client.embeddings.create({ ...body, encoding_format: encoding }, { signal });
    } catch (error) {
      const status = this.#endpoint.statusOf(error);
      if (encoding !== 'base64' || (status !== 400 && status !== 422)) throw error;
      const reply = await client.embeddings.create({ ...body, encoding_format: 'float' }, { signal });
      this.#encoding = 'float';
      return reply;
    }
  }

  /** Endpoints may answer with floats though base64 was asked for. */
  #decode(embedding: unknown): ArrayLike<number> {
    if (Array.isArray(embedding)) return embedding as number[];
    if (typeof embedding !== 'string') throw this.#endpoint.malformed('a vector is neither numbers nor base64');
    const bytes = Buffer.from(embedding, 'base64');
    const out = new Float32Array(bytes.length >> 2);
    for (let i = 0; i < out.length; i++) out[i] = bytes.readFloatLE(i * 4);
    return out;
  }

  /** Stored at unit length. */
  #store(vector: ArrayLike<number>, out: Float32Array, offset: number): void {
    if (vector.length !== this.dimensions) {
      const said = `The model ${this.#options.model} gives ${vector.length} dimensions, the settings say ${this.dimensions}.`;
      throw new ModelError('EMBEDDING_DIMENSIONS', said, {
        place: { uri: this.#endpoint.baseUrl, field: 'dimensions' },
        remedy: `Set dimensions to ${vector.length}, then run "hopwise reembed" for collections made otherwise.`,
      });
    }
    let squares = 0;
    for (let i = 0; i < vector.length; i++) squares += vector[i]! * vector[i]!;
    if (!Number.isFinite(squares)) throw this.#endpoint.malformed('a vector holds something that is no finite number');
    const norm = squares === 0 ? 1 : Math.sqrt(squares);
    for (let i = 0; i < vector.length; i++) out[offset + i] = vector[i]! / norm;
  }
}
