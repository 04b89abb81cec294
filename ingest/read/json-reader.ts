/** JSON: an array of records (or an object that holds one) gives a document a record, another object gives one document. */
import { decodeText } from './decode-text.js';
import { recordDocument } from './json-record.js';
import { refuseRepeated } from './jsonl-reader.js';
import type { Reader } from './reader.js';
import { invalidJson } from './source-errors.js';

const MEDIA_TYPE = 'application/json';
/** Fields whose array of objects is the list of records, when nothing else in the object is text. */
const LISTS = ['records', 'documents', 'items', 'data', 'results', 'entries', 'articles'];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The records of a value, undefined when it is one record itself. */
function recordsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value.some(isObject) ? (value as readonly unknown[]) : undefined;
  if (!isObject(value) || ['text', 'content', 'body'].some((name) => typeof value[name] === 'string')) return undefined;
  for (const name of LISTS) {
    const list = value[name];
    if (Array.isArray(list) && list.length > 0 && list.every(isObject)) return list;
  }
  return undefined;
}

/** 1-based line of the place that V8 names in its message, undefined if it names none. */
function lineOf(message: string, text: string): number | undefined {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return /end of JSON/i.test(message) ? text.split('\n').length : undefined;
  return text.slice(0, Number(position)).split('\n').length;
}

export const jsonReader: Reader = {
  name: 'json',
  extensions: ['json'],
  mediaTypes: [MEDIA_TYPE],
  async *read(source, options) {
    const { uri } = source;
    const { text } = await decodeText(source.bytes);
    let value: unknown;
    try {
      value = JSON.parse(text) as unknown;
    } catch (error) {
      const { message } = error as Error;
      const line = lineOf(message, text);
      const where = line === undefined ? '' : ` (line ${line})`;
      const place = { uri, ...(line === undefined ? {} : { line }) };
      throw invalidJson(`${uri} is no valid JSON${where}: ${message}`, place, error);
    }
    const records = recordsOf(value);
    if (records === undefined) {
      const read = recordDocument(value, { uri, fallback: '', mediaType: MEDIA_TYPE }, options);
      if ('error' in read) throw read.error;
      yield { ...read, part: '' };
      return;
    }
    const seen = new Set<string>();
    for (const [i, record] of records.entries()) {
      options.signal?.throwIfAborted();
      const fallback = `#item=${i + 1}`;
      const read = recordDocument(record, { uri, fallback, mediaType: MEDIA_TYPE }, options);
      yield refuseRepeated(read, uri, undefined, fallback, seen);
    }
  },
};
