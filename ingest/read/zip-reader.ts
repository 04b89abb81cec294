/** Zip archives of anything that hopwise reads, nested up to a limit; an entry that cannot be read is left out alone. */
import { LimitError, SourceError } from '../../src/errors.js';
import { openArchive } from './archive.js';
import type { ReadDocument, Reader, ReadFailure, Source } from './reader.js';
import { sanitise } from './sanitise.js';
import { invalidRecord, overLimit } from './source-errors.js';

/** What archivers and systems add for themselves, and hidden files, as in a walk. */
function isFurniture(name: string): boolean {
  return name
    .split('/')
    .some(
      (part) =>
        part === '__MACOSX' ||
        part === 'node_modules' ||
        part === 'Thumbs.db' ||
        (part.startsWith('.') && !/^\.+$/.test(part)),
    );
}

function extensionOf(name: string): string {
  const file = name.slice(name.lastIndexOf('/') + 1);
  const dot = file.lastIndexOf('.');
  return dot <= 0 ? '' : file.slice(dot + 1).toLowerCase();
}

async function* readEntry(
  entry: Source,
  part: string,
  read: (source: Source) => AsyncIterable<ReadDocument | ReadFailure>,
): AsyncIterable<ReadDocument | ReadFailure> {
  try {
    for await (const inner of read(entry)) yield { ...inner, part: part + inner.part };
  } catch (error) {
    // The budget of the whole archive is used up: nothing after this entry can be read either.
    if (!(error instanceof SourceError) || isExhausted(error)) throw error;
    yield { part, error };
  }
}

function isExhausted(error: SourceError): boolean {
  return error instanceof LimitError && error.code === 'ARCHIVE_TOO_LARGE';
}

export const zipReader: Reader = {
  name: 'zip',
  extensions: ['zip'],
  mediaTypes: ['application/zip', 'application/x-zip-compressed'],
  async *read(source, { limits, archive, signal }) {
    const { uri, bytes } = source;
    if (archive === undefined) throw new TypeError('readSource sets the archive scope');
    if (archive.depth > limits.maxArchiveDepth) {
      throw overLimit(
        'ARCHIVE_TOO_DEEP',
        `${uri} lies in ${archive.depth} archives, more than ${limits.maxArchiveDepth}`,
        'maxArchiveDepth',
        { uri },
      );
    }
    const seen = new Set<string>();
    for (const entry of await openArchive({ uri, bytes, format: 'ZIP', limits, budget: archive.budget })) {
      signal?.throwIfAborted();
      if (isFurniture(entry.name)) continue;
      const name = sanitise(entry.name).text;
      const part = `!/${name}`;
      if (entry.refusal !== undefined) {
        yield { part, error: entry.refusal };
      } else if (seen.has(name)) {
        yield { part: `${part}~2`, error: invalidRecord('DUPLICATE_ID', `${name} stands twice in ${uri}`, { uri }) };
      } else {
        seen.add(name);
        const inner = { uri: uri + part, extension: extensionOf(name) };
        try {
          yield* readEntry({ ...inner, bytes: await entry.read(signal) }, part, archive.read);
        } catch (error) {
          if (!(error instanceof SourceError) || isExhausted(error)) throw error;
          yield { part, error };
        }
      }
    }
  },
};
