/** How a document that was read again differs from what is stored of it. */
import type { DocumentRecord } from '../../graph-schema/index.js';
import { canonicalJson } from './hashes.js';

/**
 * - `content`: title, text or structure, or the version that describes them: its passages are made anew;
 * - `record`: metadata, tags, media type, size or warnings: its record is replaced, its passages stay;
 * - `date`: nothing but the date, as when a file was copied or touched: the record is replaced, the document counts as
 *   unchanged;
 * - `nothing`.
 */
export type Difference = 'content' | 'record' | 'date' | 'nothing';

type Comparable = Omit<DocumentRecord, 'enabled' | 'ingestedAt'>;

export function compareDocuments(stored: Comparable, read: Comparable): Difference {
  if (stored.contentHash !== read.contentHash) return 'content';
  if (described(stored) !== described(read)) return 'record';
  return stored.date === read.date ? 'nothing' : 'date';
}

function described({ mediaType, size, metadata, tags, warnings }: Comparable): string {
  return canonicalJson([mediaType, size, metadata, tags, warnings]);
}
