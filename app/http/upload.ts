/** Reads multipart uploads into memory. */
import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { HopwiseError, LimitError, UsageError } from '../../src/index.js';
import type { HttpSettings } from '../settings.js';

/** Faults of the form that multer has codes for and that are no limits. */
const FAULTS: ReadonlySet<string> = new Set([
  'LIMIT_UNEXPECTED_FILE',
  'MISSING_FIELD_NAME',
  'INVALID_FIELD_NAME',
  'STREAM_DESTROYED',
]);

/** multer's and busboy's errors (the latter are plain ones) all tell of what the client sent. */
function uploadError(cause: unknown): HopwiseError {
  if (cause instanceof HopwiseError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const place = { field: (cause instanceof MulterError ? cause.field : undefined) ?? 'files' };
  if (cause instanceof MulterError && !FAULTS.has(cause.code)) {
    return new LimitError(cause.code, message, { place, remedy: 'Upload fewer or smaller files.', cause });
  }
  return new UsageError('BROKEN_UPLOAD', `the form cannot be read: ${message}`, {
    place,
    remedy: 'Send multipart/form-data with a boundary, whole, its files in the field "files".',
    cause,
  });
}

function tooMuch(most: number): LimitError {
  return new LimitError('LIMIT_UPLOAD_SIZE', `the upload has more than ${most} bytes`, {
    place: { field: 'files' },
    remedy: 'Upload fewer files at once, or raise http.maxUploadTotalBytes.',
  });
}

/**
 * A function that reads the form of a request into its `body` and `files`; requests that are no forms are left alone.
 * It throws UsageError for a form that cannot be read and LimitError for one over a limit.
 */
export function uploadReader(settings: HttpSettings): (request: Request, response: Response) => Promise<void> {
  const read = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: settings.maxUploadBytes, files: settings.maxUploadFiles, fields: 10, fieldSize: 100_000 },
    defParamCharset: 'utf8',
  }).array('files');
  return (request, response) =>
    new Promise((resolve, reject) => {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= settings.maxUploadTotalBytes) return;
        // What still comes is thrown away instead of being kept.
        request.unpipe().resume();
        reject(tooMuch(settings.maxUploadTotalBytes));
      });
      read(request, response, (error: unknown) => (error === undefined ? resolve() : reject(uploadError(error))));
    });
}
