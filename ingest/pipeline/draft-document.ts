/** From what a reader made of a source to a document's record: title, date, metadata, identity. */
import { type DocumentRecord, documentId, type Metadata } from '../../graph-schema/index.js';
import type { ReadDocument } from '../read/reader.js';
import { documentHash } from './hashes.js';
import type { Recipe } from './recipe.js';

/** What of a source its documents inherit. */
export interface SourceFacts {
  readonly uri: string;
  readonly size: number;
  /** Date of documents that have none of their own; undefined for uploads and streams. */
  readonly modified: Date | undefined;
}

/** A document before it is stored. */
export interface DocumentDraft {
  readonly record: Omit<DocumentRecord, 'enabled' | 'ingestedAt'>;
  readonly read: ReadDocument;
}

/** Code points of a title taken from a heading. */
const MAX_TITLE_CHARS = 300;

/** Drafts the record of a document read from a source. */
export function draftDocument(read: ReadDocument, source: SourceFacts, recipe: Recipe): DocumentDraft {
  const uri = source.uri + read.part;
  const metadata: Metadata = { ...read.metadata, ...recipe.metadata };
  const content = {
    title: titleOf(read, uri, recipe.metadata),
    text: read.text,
    mediaType: read.mediaType,
    blocks: read.blocks,
    size: read.part === '' ? source.size : Buffer.byteLength(read.text),
    metadata,
    tags: [...new Set([...read.tags, ...recipe.tags])].sort(),
    date: dateOf(recipe.metadata) ?? read.date ?? source.modified?.toISOString(),
    warnings: read.warnings,
  };
  return {
    read,
    record: {
      id: documentId(recipe.collection, uri),
      uri,
      ...(read.part === '' ? {} : { source: source.uri }),
      title: content.title,
      mediaType: content.mediaType,
      contentHash: documentHash(content, recipe),
      size: content.size,
      metadata,
      tags: content.tags,
      ...(content.date === undefined ? {} : { date: content.date }),
      warnings: content.warnings,
    },
  };
}

/** The run's metadata, else the source's own title (an empty one is kept), else the first heading, else the file name. */
function titleOf(read: ReadDocument, uri: string, given: Metadata): string {
  if (typeof given['title'] === 'string') return given['title'];
  return read.title ?? headingOf(read) ?? fileName(uri, read.part);
}

function headingOf(read: ReadDocument): string | undefined {
  const heading = read.blocks.find((block) => block.kind === 'heading');
  if (heading === undefined) return undefined;
  const line = read.text.slice(heading.start, heading.end).trim().split('\n', 1)[0]!;
  const bare = line
    .replace(/^#{1,6}\s+/, '')
    .replace(/\s+#+\s*$/, '')
    .trim();
  return bare === ''
    ? undefined
    : Array.from(bare.slice(0, 2 * MAX_TITLE_CHARS))
        .slice(0, MAX_TITLE_CHARS)
        .join('');
}

/** Base name without extension; for a record of a file, that of the file. */
function fileName(uri: string, part: string): string {
  const path = part.startsWith('#') ? uri.slice(0, uri.length - part.length) : uri;
  const base = path.replace(/^.*[/\\]/, '');
  return base.replace(/(?<=.)\.[^.]{1,8}$/, '');
}

function dateOf(given: Metadata): string | undefined {
  const date = given['date'];
  return typeof date === 'string' && /^\d{4}(-\d\d(-\d\d.*)?)?$/.test(date) ? date : undefined;
}
