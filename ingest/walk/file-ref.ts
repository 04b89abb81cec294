/** References to files and to standard input. */
import { addAbortSignal, Readable } from 'node:stream';
import { isAbort, SourceError } from '../../src/errors.js';
import type { Limits } from '../../src/limits.js';
import { overLimit } from '../read/source-errors.js';
import { fileAccess, readUnchanged } from './read-unchanged.js';
import { extensionOf, type SourceRef } from './source-ref.js';

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'reading it is not permitted',
  EPERM: 'reading it is not permitted',
  ELOOP: 'its symbolic links lead in a circle',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its path is too long',
  EMFILE: 'too many files are open',
  EIO: 'the disk reports an error',
};

/** A file or folder that the system refuses, as a typed error. */
export function unreadable(uri: string, error: unknown): SourceError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const missing = code === 'ENOENT';
  const why = WHY[code] ?? (error as Error).message;
  return new SourceError(missing ? 'FILE_NOT_FOUND' : 'UNREADABLE_FILE', `${uri} cannot be read: ${why}`, {
    place: { uri },
    remedy: missing
      ? 'Check the path, and where a symbolic link points to.'
      : 'Check its permissions and the disk, then ingest it again.',
    cause: error,
  });
}

/** A regular file. */
export function fileRef(uri: string, path: string, stats: { size: number; mtime: Date }, limits: Limits): SourceRef {
  const extension = extensionOf(path);
  return {
    uri,
    path,
    size: stats.size,
    modified: stats.mtime,
    extension,
    async open(signal) {
      try {
        return { uri, extension, bytes: await readUnchanged(fileAccess(path), uri, limits, signal) };
      } catch (error) {
        if (error instanceof SourceError || isAbort(error)) throw error;
        throw unreadable(uri, error);
      }
    },
  };
}

/** Standard input, read to its end when opened. */
export function stdinRef(input: AsyncIterable<Uint8Array | string>, limits: Limits, uri: string): SourceRef {
  const extension = extensionOf(uri);
  return {
    uri,
    size: 0,
    extension,
    async open(signal) {
      const chunks: Uint8Array[] = [];
      let size = 0;
      // Between two chunks hours may pass: an abort ends the wait, and with it what keeps the process alive.
      if (signal !== undefined && input instanceof Readable) addAbortSignal(signal, input);
      for await (const chunk of input) {
        signal?.throwIfAborted();
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        size += bytes.length;
        if (size > limits.maxFileBytes) {
          throw overLimit(
            'FILE_TOO_LARGE',
            `standard input has more than ${limits.maxFileBytes} bytes`,
            'maxFileBytes',
            { uri },
          );
        }
        chunks.push(bytes);
      }
      return { uri, extension, bytes: Buffer.concat(chunks) };
    },
  };
}
