/** The one form of a document's fields in JSON: fixed order of fields, metadata by key, so that equal is equal in bytes. */
import type { DocumentRecord, Metadata } from '../../../graph-schema/index.js';
import { UsageError } from '../../errors.js';

/** What of a document is compared and changes only by a put. */
export type DocumentContent = Omit<DocumentRecord, 'id' | 'uri' | 'source' | 'enabled' | 'ingestedAt'>;

/** Throws UsageError when a metadata value is not finite: JSON has no form for it. */
export function canonicalDocument(document: DocumentRecord): DocumentContent {
  return {
    title: document.title,
    mediaType: document.mediaType,
    contentHash: document.contentHash,
    size: document.size,
    metadata: canonicalMetadata(document.uri, document.metadata),
    tags: [...document.tags],
    ...(document.date === undefined ? {} : { date: document.date }),
    warnings: [...document.warnings],
  };
}

function canonicalMetadata(uri: string, metadata: Metadata): Metadata {
  const keys = Object.keys(metadata).sort();
  return Object.fromEntries(
    keys.map((key) => {
      const value = metadata[key]!;
      if (typeof value === 'number' && !Number.isFinite(value))
        throw new UsageError('NOT_FINITE', `Metadata ${key} of ${uri} is ${value}`, {
          place: { uri, field: key },
          remedy: 'Give a finite number, or the value as a string.',
        });
      return [key, value];
    }),
  );
}
