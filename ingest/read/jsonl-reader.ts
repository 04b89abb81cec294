/** JSON lines: each line is a document; a line that cannot be read is left out alone. */
import type { SourceError } from '../../src/errors.js';
import { decodeText, lineTooLong } from './decode-text.js';
import { recordDocument } from './json-record.js';
import type { ReadDocument, Reader, ReadFailure } from './reader.js';
import { invalidRecord } from './source-errors.js';

const MEDIA_TYPE = 'application/x-ndjson';

/** Leaves out a record whose id was there before: two documents cannot have one uri. */
export function refuseRepeated(
  read: ReadDocument | ReadFailure,
  uri: string,
  line: number | undefined,
  fallback: string,
  seen: Set<string>,
): ReadDocument | ReadFailure {
  if ('error' in read) return read;
  if (!seen.has(read.part)) {
    seen.add(read.part);
    return read;
  }
  const place = { uri, field: 'id', ...(line === undefined ? {} : { line }) };
  const message = `the id "${read.part.slice(1)}" stands twice in ${uri}`;
  return { part: fallback, error: invalidRecord('DUPLICATE_ID', message, place) };
}

function parseLine(line: string, uri: string, number: number): { value: unknown } | { error: SourceError } {
  try {
    return { value: JSON.parse(line) as unknown };
  } catch (error) {
    const message = `line ${number} of ${uri} is no valid JSON: ${(error as Error).message}`;
    return { error: invalidRecord('INVALID_JSON', message, { uri, line: number }, error) };
  }
}

export const jsonlReader: Reader = {
  name: 'jsonl',
  extensions: ['jsonl', 'ndjson', 'jsonlines'],
  mediaTypes: [MEDIA_TYPE, 'application/jsonl', 'application/x-jsonlines'],
  async *read(source, options) {
    const { uri } = source;
    const { text } = await decodeText(source.bytes);
    const seen = new Set<string>();
    let number = 0;
    for (let at = 0; at < text.length; ) {
      const found = text.indexOf('\n', at);
      const end = found < 0 ? text.length : found;
      const length = end - at;
      const fallback = `#line=${++number}`;
      if (length > options.limits.maxLineChars) {
        yield { part: fallback, error: lineTooLong(uri, number, length, options.limits) };
      } else {
        const line = text.slice(at, end);
        if (line.trim() !== '') {
          options.signal?.throwIfAborted();
          const parsed = parseLine(line, uri, number);
          if ('error' in parsed) yield { part: fallback, error: parsed.error };
          else {
            const read = recordDocument(parsed.value, { uri, line: number, fallback, mediaType: MEDIA_TYPE }, options);
            yield refuseRepeated(read, uri, number, fallback, seen);
          }
        }
      }
      at = end + 1;
    }
  },
};
