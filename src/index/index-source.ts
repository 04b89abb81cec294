/** What the index needs of one document: the stored records without the document's whole text. */
import type { DocumentRecord } from '../../graph-schema/index.js';
import type { PassageBundle } from '../ports/index.js';

export interface IndexDocument {
  readonly document: DocumentRecord;
  readonly passages: readonly PassageBundle[];
}
