/** Turns an error into the quarantine's record, and tells errors of one source from errors that end the run. */
import { HopwiseError, isAbort, ModelError, StoreError } from '../../src/errors.js';
import type { Failure } from '../../src/ports/index.js';
import type { Quarantined } from '../types.js';

/** True when the error is not the source's: the run stops, and the next one goes on. */
export function endsRun(error: unknown, signal: AbortSignal | undefined): boolean {
  if (error instanceof StoreError || error instanceof ModelError) return true;
  return signal?.aborted === true && (isAbort(error) || error === signal.reason);
}

/**
 * @param part `uri` names a part of `source`; undefined for the source itself
 * @param contentHash hash of what was tried; empty when it could not be read at all, so that it is always tried again
 */
export function failureOf(
  uri: string,
  source: string | undefined,
  error: unknown,
  contentHash: string,
  failedAt: Date,
): Failure {
  const known = error instanceof HopwiseError;
  return {
    uri,
    ...(source === undefined ? {} : { source }),
    code: known ? error.code : 'READER_FAILED',
    message: error instanceof Error ? error.message : String(error),
    remedy: known
      ? error.remedy
      : 'Convert the file to another format, and report it: a reader should have named the cause.',
    contentHash,
    failedAt: failedAt.toISOString(),
  };
}

export function quarantinedOf({ uri, code, message, remedy }: Failure): Quarantined {
  return { uri, code, message, remedy };
}
