/** Files named on the command line, opened with errors that say what to do. */
import { type FileHandle, open } from 'node:fs/promises';
import { HopwiseError } from '../../src/index.js';

/** @throws HopwiseError FILE_NOT_OPENED */
export async function openFile(path: string, mode: 'r' | 'w'): Promise<FileHandle> {
  try {
    return await open(path, mode);
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new HopwiseError('FILE_NOT_OPENED', `cannot ${mode === 'r' ? 'read' : 'write'} ${path} (${reason})`, {
      place: { uri: path },
      remedy: 'Check the path and its permissions.',
      cause,
    });
  }
}
