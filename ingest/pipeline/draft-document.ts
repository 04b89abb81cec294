/** From what a reader made of a source to a document's record: title, date, metadata, identity. */
import { type DocumentRecord, documentId, type Metadata } from '../../graph-schema/index.js';
import { documentTitle } from '../read/document-title.js';
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

/** Drafts the record of a document read from a source. */
export function draftDocument(read: ReadDocument, source: SourceFacts, recipe: Recipe): DocumentDraft {
  const uri = source.uri + read.part;
  const metadata: Metadata = finite({ ...read.metadata, ...recipe.metadata });
  const given = recipe.metadata['title'];
  const content = {
    title: typeof given === 'string' ? given : documentTitle(read, source.uri),
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

function dateOf(given: Metadata): string | undefined {
  const date = String(given['date'] ?? '');
  return /^\d{4}(-\d\d(-\d\d.*)?)?$/.test(date) ? date : undefined;
}

/** Without the numbers that JSON and the store cannot hold (YAML knows `.nan` and `.inf`). */
function finite(metadata: Metadata): Metadata {
  return Object.fromEntries(
    Object.entries(metadata).filter(([, value]) => typeof value !== 'number' || Number.isFinite(value)),
  );
}
