/** What a walk finds: enough to know whether a file changed, and the way to its bytes. */
import type { Metadata } from '../../graph-schema/index.js';
import type { SourceError } from '../../src/errors.js';
import type { Source } from '../read/reader.js';

/** What the caller knows about a source; it wins over what the source says of itself. */
export interface GivenFields {
  readonly title?: string | undefined;
  readonly metadata?: Metadata | undefined;
  readonly tags?: readonly string[] | undefined;
}

export interface SourceRef {
  /** Unique in a walk; see `walk` for how it is made. */
  readonly uri: string;
  /** Absolute path; absent for stdin and uploads. */
  readonly path?: string;
  /** Bytes, 0 where it is not known before reading. */
  readonly size: number;
  /** Absent for stdin and uploads. */
  readonly modified?: Date;
  /** Lower case, without dot. */
  readonly extension: string;
  /** Set by `textSource`. */
  readonly given?: GivenFields;
  /** Why it cannot be read, known already; `open` throws the same. */
  readonly failure?: SourceError;
  /** @throws SourceError UNREADABLE_FILE, CHANGED_WHILE_READ; LimitError FILE_TOO_LARGE */
  open(signal?: AbortSignal): Promise<Source>;
}

/** Lower-case extension without dot, of a name or a uri's last part. */
export function extensionOf(name: string): string {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  const dot = file.lastIndexOf('.');
  return dot <= 0 ? '' : file.slice(dot + 1).toLowerCase();
}

/** A reference to what cannot be read. */
export function failedRef(uri: string, path: string, failure: SourceError): SourceRef {
  return { uri, path, size: 0, extension: extensionOf(uri), failure, open: () => Promise.reject(failure) };
}
