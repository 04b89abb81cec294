/** From what a reader made of a source to a document's record: title, date, metadata, identity. */
import { type DocumentRecord, documentId, type Metadata } from '../../graph-schema/index.js';
import { documentTitle } from '../read/document-title.js';
import type { ReadDocument } from '../read/reader.js';
import type { GivenFields } from '../walk/source-ref.js';
import { documentHash } from './hashes.js';
import type { Recipe } from './recipe.js';

/** What of a source its documents inherit. */
export interface SourceFacts {
  readonly uri: string;
  readonly size: number;
  /** Date of documents that have none of their own; undefined for uploads and streams. */
  readonly modified: Date | undefined;
  /** Wins over what the source says of itself and over the run's options; the title is for a source that is one document. */
  readonly given: GivenFields | undefined;
}

/** A document before it is stored. */
export interface DocumentDraft {
  readonly record: Omit<DocumentRecord, 'enabled' | 'ingestedAt'>;
  readonly read: ReadDocument;
}

/** Drafts the record of a document read from a source. */
export function draftDocument(read: ReadDocument, source: SourceFacts, recipe: Recipe): DocumentDraft {
  const { given } = source;
  const uri = source.uri + read.part;
  const stated: Metadata = { ...recipe.metadata, ...given?.metadata };
  const metadata = finite({ ...read.metadata, ...stated });
  const title = titleOf(read, source, stated);
  const date = dateOf(stated) ?? read.date ?? source.modified?.toISOString();
  return {
    read,
    record: {
      id: documentId(recipe.collection, uri),
      uri,
      ...(read.part === '' ? {} : { source: source.uri }),
      title,
      mediaType: read.mediaType,
      contentHash: documentHash(title, read, recipe),
      size: read.part === '' ? source.size : Buffer.byteLength(read.text),
      metadata,
      tags: [...new Set([...read.tags, ...recipe.tags, ...(given?.tags ?? [])])].sort(),
      ...(date === undefined ? {} : { date }),
      warnings: read.warnings,
    },
  };
}

function titleOf(read: ReadDocument, { uri, given }: SourceFacts, stated: Metadata): string {
  if (given?.title !== undefined && read.part === '') return given.title;
  return typeof stated['title'] === 'string' ? stated['title'] : documentTitle(read, uri);
}

function dateOf(stated: Metadata): string | undefined {
  const date = String(stated['date'] ?? '');
  return /^\d{4}(-\d\d(-\d\d.*)?)?$/.test(date) ? date : undefined;
}

/** Without the numbers that JSON and the store cannot hold (YAML knows `.nan` and `.inf`). */
function finite(metadata: Metadata): Metadata {
  return Object.fromEntries(
    Object.entries(metadata).filter(([, value]) => typeof value !== 'number' || Number.isFinite(value)),
  );
}
