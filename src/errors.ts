/**
 * Errors of hopwise. Each names where it happened, the cause and the remedy; decide by class or `code`, never by message.
 */

/** Where something went wrong. */
export interface Place {
  readonly uri?: string;
  /** 1-based. */
  readonly line?: number;
  readonly page?: number;
  readonly field?: string;
}

export interface HopwiseErrorOptions {
  readonly place?: Place;
  /** What the user can do about it, one sentence. */
  readonly remedy: string;
  readonly cause?: unknown;
}

/** Base of all errors that hopwise throws on purpose. */
export class HopwiseError extends Error {
  /** Stable, upper snake case. */
  readonly code: string;
  readonly place: Place;
  readonly remedy: string;

  constructor(code: string, message: string, options: HopwiseErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.place = options.place ?? {};
    this.remedy = options.remedy;
  }
}

/** The caller passed something that cannot be used (an option, a request field): CLI exit code 2, HTTP 400. */
export class UsageError extends HopwiseError {}

/** What was named does not exist: HTTP 404. */
export class NotFoundError extends HopwiseError {}

/** A source cannot be read as what it claims to be; it is quarantined, the batch goes on. */
export class SourceError extends HopwiseError {}

/** A configured limit was exceeded; a source over a limit is quarantined, a request gets HTTP 413. */
export class LimitError extends SourceError {}

/** The store is lost, full, held by another writer, or of another schema version. */
export class StoreError extends HopwiseError {}

/** Another process holds the store for writing; the message says which. HTTP 409. */
export class StoreLockedError extends StoreError {}

/** A model endpoint failed, was too slow, or answered something unusable. HTTP 502. */
export class ModelError extends HopwiseError {}

/** A Cypher statement that is refused, wrong, or fails by its own fault: CLI exit code 2, HTTP 400. */
export class CypherError extends UsageError {}

/** A Cypher statement was ended at a limit of time, memory or size: HTTP 422. */
export class CypherLimitError extends HopwiseError {}

/** Nothing here runs Cypher, or what runs it ended by itself: HTTP 503. */
export class CypherUnavailableError extends HopwiseError {}

/** True for an abort through an AbortSignal, whichever library threw it. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
