/**
 * What the adapters of OpenAI-compatible endpoints share: the client (loaded when first used), the check that the model
 * exists, and errors with remedies. Servers differ from the original in ways met in practice: an unknown model name is
 * answered by whatever model is loaded, parameters they do not know are refused, failures come as 500 where 400 is meant.
 */
import type OpenAI from 'openai';
import type { APIError } from 'openai';
import { ModelError } from '../errors.js';

/** Where a model is served and how long to wait for it. */
export interface ModelEndpointOptions {
  /** Up to and with `/v1`. Default `https://api.openai.com/v1`. */
  readonly baseUrl?: string | undefined;
  /** Name as the endpoint lists it. */
  readonly model: string;
  /** Default none; local servers want none. */
  readonly apiKey?: string | undefined;
  /** Milliseconds until an attempt must have begun to answer, and between two pieces of a stream. Default 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Further attempts after 408, 409, 429, 5xx, time-outs and lost connections, with growing pauses. Default 3. */
  readonly maxRetries?: number | undefined;
  /** Whether to look the model up in `/models` before the first request. Default true. */
  readonly checkModel?: boolean | undefined;
}

const DEFAULT_BASE_URL = 'https://api.openai.com/v1';
const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_RETRIES = 3;
/** Ids named in the error when the model is not among them. */
const LISTED = 8;

type Library = typeof import('openai');

/** One endpoint and one model of it. */
export class ModelEndpoint {
  readonly model: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly #options: ModelEndpointOptions;
  #library: Library | undefined;
  #client: Promise<OpenAI> | undefined;

  constructor(options: ModelEndpointOptions) {
    this.#options = options;
    this.model = options.model;
    this.baseUrl = options.baseUrl ?? DEFAULT_BASE_URL;
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /**
   * The client, after the model was found in the endpoint's list (endpoints without a list are believed). A failed check
   * is made again at the next call.
   * @throws ModelError MODEL_UNKNOWN when the endpoint lists models, but not this one; others when it fails
   */
  async client(signal?: AbortSignal): Promise<OpenAI> {
    this.#client ??= this.#connect(signal);
    try {
      return await this.#client;
    } catch (error) {
      this.#client = undefined;
      throw error;
    }
  }

  async #connect(signal: AbortSignal | undefined): Promise<OpenAI> {
    this.#library ??= await import('openai');
    const client = new this.#library.OpenAI({
      baseURL: this.baseUrl,
      apiKey: this.#options.apiKey ?? 'none',
      // Not from the environment: the settings alone say where requests go.
      organization: null,
      project: null,
      timeout: this.timeoutMs,
      maxRetries: this.#options.maxRetries ?? DEFAULT_RETRIES,
      logLevel: 'off',
    });
    if (this.#options.checkModel ?? true) await this.#checkModel(client, signal);
    return client;
  }

  async #checkModel(client: OpenAI, signal: AbortSignal | undefined): Promise<void> {
    let listed: readonly { readonly id?: unknown }[];
    try {
      const page: unknown = await client.models.list(signal === undefined ? {} : { signal });
      const data = (page as { readonly data?: unknown }).data;
      listed = Array.isArray(data) ? data : [];
    } catch (error) {
      const status = this.statusOf(error);
      if (status === 404 || status === 405 || status === 501 || error instanceof SyntaxError) return;
      throw this.explain(error, signal);
    }
    const ids = listed.map(({ id }) => id).filter((id) => typeof id === 'string');
    if (ids.length === 0 || ids.some((id) => id === this.model || id === `${this.model}:latest`)) return;
    const some = ids.slice(0, LISTED).join(', ') + (ids.length > LISTED ? ', ...' : '');
    throw new ModelError('MODEL_UNKNOWN', `${this.baseUrl} serves no model "${this.model}", only: ${some}`, {
      place: { uri: this.baseUrl, field: 'model' },
      remedy: 'Set the model to one of these names, or load it in the server.',
    });
  }

  /** HTTP status of an error of the client, if it is one. */
  statusOf(error: unknown): number | undefined {
    return this.#isApiError(error) ? error.status : undefined;
  }

  /** Name of the parameter that a request was refused for, when the endpoint says so. */
  refusedParameter(error: unknown): string | undefined {
    const status = this.statusOf(error);
    if (status !== 400 && status !== 422) return undefined;
    return (error as APIError).param ?? undefined;
  }

  #isApiError(error: unknown): error is APIError {
    return this.#library !== undefined && error instanceof this.#library.APIError;
  }

  /** The error to throw for one that the client threw: the signal's reason when it was aborted, else a ModelError. */
  explain(error: unknown, signal?: AbortSignal): unknown {
    if (signal?.aborted === true) return signal.reason;
    if (error instanceof ModelError) return error;
    const library = this.#library;
    if (library !== undefined) {
      if (error instanceof library.APIConnectionTimeoutError) return this.timeout(error);
      if (error instanceof library.APIConnectionError) {
        return this.#failure('MODEL_UNREACHABLE', 'cannot be reached', 'Start it, or correct its base URL.', error);
      }
      if (error instanceof library.APIError) return this.#explainApiError(error);
    }
    if (error instanceof SyntaxError) return this.malformed('it is not JSON', error);
    // What a socket closed in the middle of a reply becomes, whichever layer notices.
    return this.#failure('MODEL_CONNECTION_LOST', 'broke the connection', 'Look into its log, then try again.', error);
  }

  #explainApiError(error: APIError): ModelError {
    const said = error.message.slice(0, 300);
    switch (error.status) {
      case 401:
      case 403:
        return this.#failure('MODEL_UNAUTHORISED', `refused the key: ${said}`, 'Set an API key it accepts.', error);
      case 404:
        return this.#failure('MODEL_NOT_FOUND', `does not know this: ${said}`, 'Check base URL and model.', error);
      case 429:
        return this.#failure('MODEL_RATE_LIMITED', `is rate limiting: ${said}`, 'Wait, or raise its limits.', error);
      default:
        if (error.code === 'context_length_exceeded') {
          const remedy = 'Ask for fewer passages (k), or use a model with a longer context.';
          return this.#failure('MODEL_CONTEXT_EXCEEDED', `got more than its context holds: ${said}`, remedy, error);
        }
        return error.status === undefined || error.status >= 500
          ? this.#failure('MODEL_FAILED', `failed: ${said}`, 'Look into its log, then try again.', error)
          : this.#failure('MODEL_REFUSED', `refused the request: ${said}`, 'Check model and settings.', error);
    }
  }

  /** A reply that cannot be used. */
  malformed(what: string, cause?: unknown): ModelError {
    const remedy = 'Check that the base URL is that of an OpenAI-compatible server.';
    return this.#failure('MODEL_REPLY_MALFORMED', `gave a reply that cannot be used: ${what}`, remedy, cause);
  }

  /** No answer within `timeoutMs`. */
  timeout(cause?: unknown): ModelError {
    const remedy = 'Raise timeoutMs, or use a faster model.';
    return this.#failure('MODEL_TIMEOUT', `sent nothing for ${this.timeoutMs} ms`, remedy, cause);
  }

  /** A stream that stopped before its end. */
  truncated(): ModelError {
    const remedy = 'Ask again, or look into its log.';
    return this.#failure('MODEL_STREAM_TRUNCATED', 'ended its stream before the end', remedy, undefined);
  }

  #failure(code: string, what: string, remedy: string, cause: unknown): ModelError {
    const message = `The endpoint ${this.baseUrl} (model ${this.model}) ${what}.`;
    return new ModelError(code, message, {
      place: { uri: this.baseUrl },
      remedy,
      ...(cause === undefined ? {} : { cause }),
    });
  }
}
