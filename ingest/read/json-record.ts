/** One JSON record as a document: its text, title and id by field, everything else that is scalar as metadata. */

import { DocumentBuilder } from './document-builder.js';
import { paragraphs } from './paragraphs.js';
import type { Block, ReadDocument, ReadFailure, ReadOptions } from './reader.js';
import { recordMetadata } from './record-metadata.js';
import { sanitise } from './sanitise.js';
import { invalidRecord, noTextAtAll } from './source-errors.js';

const TEXT_FIELDS = ['text', 'content', 'body'];
const TITLE_FIELDS = ['title', 'name', 'headline'];
const ID_FIELDS = ['id', '_id', 'url'];
const MAX_DEPTH = 20;

/** Where a record stands in its source; `fallback` is its part when it has no id. */
export interface RecordPlace {
  readonly uri: string;
  /** 1-based, JSONL. */
  readonly line?: number;
  readonly fallback: string;
  readonly mediaType: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** The field asked for, else the first of the usual ones that the record has. */
function fieldOf(record: JsonObject, asked: string | undefined, usual: readonly string[]): string | undefined {
  if (asked !== undefined) return Object.hasOwn(record, asked) ? asked : undefined;
  return usual.find((name) => Object.hasOwn(record, name) && isScalar(record[name]));
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Text of a field: a string, or a list of paragraphs. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return (value as readonly unknown[]).filter(isScalar).map(textOf).join('\n\n');
  if (value === null || value === undefined) return '';
  const text = isScalar(value) ? String(value) : JSON.stringify(value);
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** A record without a text field reads as lines "name: value". */
function addFields(value: unknown, path: string, depth: number, builder: DocumentBuilder): void {
  if (value === null || value === undefined || value === '') return;
  if (isScalar(value)) builder.add('list-item', path === '' ? String(value) : `${path}: ${String(value)}`);
  else if (Array.isArray(value) && value.every(isScalar))
    addFields(value.filter((v) => v !== null).join(', '), path, depth, builder);
  else if (depth < MAX_DEPTH) {
    for (const [name, inner] of Object.entries(value as object) as [string, unknown][]) {
      const step = Array.isArray(value) ? String(Number(name) + 1) : name;
      addFields(inner, path === '' ? step : `${path}.${step}`, depth + 1, builder);
    }
  }
}

function fieldsAsText(record: unknown): { text: string; blocks: Block[]; warnings: readonly string[] } {
  const builder = new DocumentBuilder();
  addFields(record, '', 0, builder);
  return builder.finish();
}

/** A record that is no object reads as the text of its value. */
export function recordDocument(value: unknown, place: RecordPlace, options: ReadOptions): ReadDocument | ReadFailure {
  const { uri, line, mediaType } = place;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const read = fieldsAsText(value);
    if (read.text === '') return noText(place, 'it holds no text');
    return { part: place.fallback, ...read, mediaType, metadata: {}, tags: [] };
  }
  const record = value as JsonObject;
  const asked = options.fields ?? {};
  const id = fieldOf(record, asked.id, ID_FIELDS);
  const title = fieldOf(record, asked.title, TITLE_FIELDS);
  const text =
    fieldOf(record, asked.text, TEXT_FIELDS) ??
    (asked.text === undefined ? TEXT_FIELDS.find((name) => Array.isArray(record[name])) : undefined);
  const titled = title !== undefined && textOf(record[title]).trim() !== '';
  if (text === undefined && asked.text !== undefined && !titled) {
    return {
      part: place.fallback,
      error: invalidRecord('MISSING_FIELD', `${where(place)} has no field "${asked.text}"`, {
        uri,
        field: asked.text,
        ...(line === undefined ? {} : { line }),
      }),
    };
  }
  const own = new Set([id, title, text].filter((name) => name !== undefined));
  const clean = text === undefined ? undefined : sanitise(textOf(record[text]));
  const read =
    clean !== undefined
      ? { ...paragraphs(clean.text), warnings: clean.warnings }
      : titled && asked.text !== undefined
        ? { text: '', blocks: [], warnings: [] }
        : fieldsAsText(without(record, own));
  if (read.text.trim() === '' && !titled) return noText(place, 'it holds neither text nor title');
  const part =
    id !== undefined && isScalar(record[id]) && record[id] !== null && record[id] !== ''
      ? `#${sanitise(String(record[id])).text}`
      : place.fallback;
  return {
    part,
    ...(title === undefined ? {} : { title: sanitise(textOf(record[title])).text }),
    ...read,
    mediaType,
    ...recordMetadata(record, own),
  };
}

function without(record: JsonObject, names: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.has(name)));
}

function where(place: RecordPlace): string {
  return place.line === undefined ? `${place.uri}${place.fallback}` : `line ${place.line} of ${place.uri}`;
}

function noText(place: RecordPlace, why: string): ReadFailure {
  const at = { uri: place.uri, ...(place.line === undefined ? {} : { line: place.line }) };
  const message = `${where(place)} is left out: ${why}`;
  const error = place.fallback === '' ? noTextAtAll(message, at) : invalidRecord('NO_TEXT', message, at);
  return { part: place.fallback, error };
}
