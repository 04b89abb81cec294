/** Reads a file whole and as of one moment: what changes meanwhile is read again, once. */
import { type FileHandle, open } from 'node:fs/promises';
import { SourceError } from '../../src/errors.js';
import type { Limits } from '../../src/limits.js';
import { overLimit } from '../read/source-errors.js';

/** What tells two states of a file apart. */
export interface FileState {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** Access to one file; `read` returns at most `maxBytes` + 1 bytes. */
export interface FileAccess {
  state(): Promise<FileState>;
  read(maxBytes: number, signal?: AbortSignal): Promise<Uint8Array>;
}

const CHUNK_BYTES = 2 ** 20;

async function readHandle(handle: FileHandle, maxBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
  const { size } = await handle.stat();
  let buffer = Buffer.allocUnsafe(Math.min(size, maxBytes) + 1);
  let length = 0;
  while (length <= maxBytes) {
    signal?.throwIfAborted();
    if (length === buffer.length)
      buffer = Buffer.concat([buffer, Buffer.allocUnsafe(Math.min(CHUNK_BYTES, maxBytes + 1 - length))]);
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** The file at a path, through one handle a read: renaming another file over it cannot mix the two. */
export function fileAccess(path: string): FileAccess {
  const withHandle = async <T>(use: (handle: FileHandle) => Promise<T>): Promise<T> => {
    const handle = await open(path, 'r');
    try {
      return await use(handle);
    } finally {
      await handle.close();
    }
  };
  return {
    state: () => withHandle((handle) => handle.stat()),
    read: (maxBytes, signal) => withHandle((handle) => readHandle(handle, maxBytes, signal)),
  };
}

function tooLarge(uri: string, size: number, limits: Limits): SourceError {
  const message = `${uri} has ${size} bytes, more than ${limits.maxFileBytes}`;
  return overLimit('FILE_TOO_LARGE', message, 'maxFileBytes', { uri });
}

function sameState(a: FileState, b: FileState): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}

/** @throws SourceError CHANGED_WHILE_READ when it changed during both attempts; LimitError FILE_TOO_LARGE */
export async function readUnchanged(
  file: FileAccess,
  uri: string,
  limits: Limits,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  for (let attempt = 0; attempt < 2; attempt++) {
    signal?.throwIfAborted();
    const before = await file.state();
    if (before.size > limits.maxFileBytes) throw tooLarge(uri, before.size, limits);
    const bytes = await file.read(limits.maxFileBytes, signal);
    if (bytes.length > limits.maxFileBytes) throw tooLarge(uri, bytes.length, limits);
    const after = await file.state();
    if (sameState(before, after) && bytes.length === after.size) return bytes;
  }
  throw new SourceError('CHANGED_WHILE_READ', `${uri} changed while it was read, twice`, {
    place: { uri },
    remedy: 'Ingest it again when nothing writes to it any more.',
  });
}
