/** Fields of front matter and of JSON records as metadata, tags and date of a document. */
import type { Metadata, MetadataValue } from '../../graph-schema/index.js';

const DATE_FIELDS = ['date', 'published', 'published_at', 'created', 'created_at', 'datetime'];
const TAG_FIELDS = ['tags', 'keywords', 'categories'];
const ISO_DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const ISO_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const WRITTEN = /^(?=.*\b\d{4}\b)(?=.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)[\w ,.:+-]{8,40}$/i;
const ZONE = /(?:Z|[+-]\d{4}|GMT|UTC)$/;
/** Objects inside objects whose scalar fields still become metadata (`author.name`). */
const MAX_DEPTH = 3;

/** ISO 8601 of a date as people and tools write it, undefined if it is none; a time without zone counts as UTC. */
export function isoDate(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const day = ISO_DAY.exec(text);
  if (day !== null) {
    return Number.isNaN(Date.parse(`${day[1]}-${day[2] ?? '01'}-${day[3] ?? '01'}T00:00:00Z`)) ? undefined : text;
  }
  const time = ISO_TIME.exec(text);
  const written = time === null && WRITTEN.test(text);
  if (time === null && !written) return undefined;
  const parsed = Date.parse(
    time === null ? (ZONE.test(text) ? text : `${text} UTC`) : `${time[1]}T${time[2]}${time[3] ?? 'Z'}`,
  );
  if (Number.isNaN(parsed)) return undefined;
  const iso = new Date(parsed).toISOString();
  return /\d:\d{2}/.test(text) ? iso.replace('.000Z', 'Z') : iso.slice(0, 10);
}

function strings(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const out: string[] = [];
  for (const item of value as readonly unknown[]) {
    if (typeof item === 'string') out.push(item);
    else if (typeof item === 'number' || typeof item === 'boolean') out.push(String(item));
  }
  return out;
}

function metadataValue(value: unknown): MetadataValue | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const list = strings(value);
  return list === undefined || list.length === 0 ? undefined : list;
}

function collect(
  record: object,
  prefix: string,
  depth: number,
  skip: ReadonlySet<string>,
  out: Record<string, MetadataValue>,
): void {
  for (const [name, value] of Object.entries(record) as [string, unknown][]) {
    const path = prefix + name;
    if (skip.has(path) || path === '__proto__') continue;
    const usable = metadataValue(value);
    if (usable !== undefined) out[path] = usable;
    else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < MAX_DEPTH) {
      collect(value, `${path}.`, depth + 1, skip, out);
    }
  }
}

/** All scalar fields (and lists of scalars) except those in `skip`; the first date and the tags are also told apart. */
export function recordMetadata(
  record: object,
  skip: ReadonlySet<string>,
): { metadata: Metadata; tags: string[]; date?: string } {
  const metadata: Record<string, MetadataValue> = {};
  collect(record, '', 1, skip, metadata);
  const tags = new Set<string>();
  for (const field of TAG_FIELDS) {
    const value = metadata[field];
    const list =
      typeof value === 'string' ? value.split(/[,;]/) : Array.isArray(value) ? (value as readonly string[]) : [];
    for (const tag of list) if (tag.trim() !== '') tags.add(tag.trim());
  }
  let date: string | undefined;
  for (const field of DATE_FIELDS) date ??= isoDate(metadata[field]);
  return { metadata, tags: [...tags].sort(), ...(date === undefined ? {} : { date }) };
}
