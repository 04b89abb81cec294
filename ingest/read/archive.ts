/** Zip archives as lists of entries that are safe to read: names checked, sizes limited as declared and as counted. */
import { crc32 } from 'node:zlib';
import { isAbort, type LimitError, SourceError } from '../../src/errors.js';
import type { Limits } from '../../src/limits.js';
import { brokenSource, encryptedSource, overLimit } from './source-errors.js';

/** Below this inflated size the ratio says nothing: a short file of one repeated line is no bomb. */
const RATIO_FLOOR_BYTES = 2 ** 20;
const SYMLINK = 0o120000;
const FILE_TYPE = 0o170000;

export interface ArchiveEntry {
  /** Path inside the archive, with `/`. */
  readonly name: string;
  /** Why it must not be read, told by the archive's directory alone. */
  readonly refusal: SourceError | undefined;
  /** Inflates it. @throws SourceError BROKEN_..., LimitError */
  read(signal?: AbortSignal): Promise<Uint8Array>;
}

export interface ArchiveRequest {
  readonly uri: string;
  readonly bytes: Uint8Array;
  /** For messages: "ZIP", "DOCX". */
  readonly format: string;
  readonly limits: Limits;
  /** Bytes inflated so far, shared by archives inside archives. */
  readonly budget: { used: number };
}

function tooMuch({ uri, limits }: ArchiveRequest): LimitError {
  return overLimit(
    'ARCHIVE_TOO_LARGE',
    `${uri} inflates to more than ${limits.maxArchiveBytes} bytes`,
    'maxArchiveBytes',
    { uri },
  );
}

function refusalOf(
  uri: string,
  unsafe: string | null,
  isLink: boolean,
  encrypted: boolean,
  size: number,
  ratio: number,
  limits: Limits,
): SourceError | undefined {
  if (unsafe !== null || isLink) {
    const why = isLink ? 'it is a symbolic link' : 'its path leads out of the archive';
    return new SourceError('UNSAFE_PATH', `${uri} is not read: ${why}`, {
      place: { uri },
      remedy: 'Make the archive anew from the files themselves.',
    });
  }
  if (encrypted) return encryptedSource(uri, 'archive entry');
  if (size > limits.maxFileBytes)
    return overLimit(
      'FILE_TOO_LARGE',
      `${uri} inflates to ${size} bytes, more than ${limits.maxFileBytes}`,
      'maxFileBytes',
      { uri },
    );
  if (size > RATIO_FLOOR_BYTES && ratio > limits.maxArchiveRatio) {
    return overLimit(
      'ARCHIVE_RATIO',
      `${uri} inflates to ${Math.round(ratio)} times its compressed size, like an archive bomb`,
      'maxArchiveRatio',
      { uri },
    );
  }
  return undefined;
}

/**
 * The files of an archive, folders left out. The directory is read whole before any entry is inflated.
 * @throws SourceError BROKEN_<format>; LimitError ARCHIVE_TOO_MANY_FILES, ARCHIVE_TOO_LARGE
 */
export async function openArchive(request: ArchiveRequest): Promise<ArchiveEntry[]> {
  const { uri, bytes, format, limits, budget } = request;
  const yauzl = await import('yauzl');
  const broken = (error: unknown): SourceError => brokenSource(uri, format, (error as Error).message, error);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ArchiveEntry[] = [];
  let declared = budget.used;
  try {
    const zip = await yauzl.fromBufferPromise(buffer, {
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: true,
      autoClose: false,
    });
    if (zip.entryCount > limits.maxArchiveEntries) {
      throw overLimit(
        'ARCHIVE_TOO_MANY_FILES',
        `${uri} has ${zip.entryCount} files, more than ${limits.maxArchiveEntries}`,
        'maxArchiveEntries',
        { uri },
      );
    }
    for await (const entry of zip.eachEntry()) {
      const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      if (name.endsWith('/')) continue;
      declared += entry.uncompressedSize;
      const isLink = ((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMLINK;
      const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
      const path = `${uri}!/${name}`;
      entries.push({
        name,
        refusal: refusalOf(
          path,
          yauzl.validateFileName(name),
          isLink,
          entry.isEncrypted(),
          entry.uncompressedSize,
          ratio,
          limits,
        ),
        async read(signal) {
          try {
            const chunks: Uint8Array[] = [];
            for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>) {
              signal?.throwIfAborted();
              budget.used += chunk.length;
              if (budget.used > limits.maxArchiveBytes) throw tooMuch(request);
              chunks.push(chunk);
            }
            const content = Buffer.concat(chunks);
            if (crc32(content) !== entry.crc32) throw new Error('its checksum is wrong');
            return content;
          } catch (error) {
            if (error instanceof SourceError || isAbort(error)) throw error;
            throw brokenSource(path, format, (error as Error).message, error);
          }
        },
      });
    }
  } catch (error) {
    throw error instanceof SourceError ? error : broken(error);
  }
  if (declared > limits.maxArchiveBytes) throw tooMuch(request);
  return entries;
}
