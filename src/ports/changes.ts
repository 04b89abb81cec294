/** What changed in a store since a generation, for readers that keep something derived. */
import type { Mention } from '../../graph-schema/index.js';
import type { StoredDocument } from './stored.js';

/** What the store knows of a document beside its record. */
export interface DocumentStamp {
  readonly id: string;
  /** Of the collection, when the document was put or changed last. */
  readonly generation: number;
  /** UTF-16 code units of its text. */
  readonly characters: number;
}

export interface PassageMentions {
  readonly documentId: string;
  readonly passageId: string;
  /** In key order; empty when the passage mentions nothing. */
  readonly mentions: readonly Mention[];
}

export interface MentionChanges {
  readonly generation: number;
  /** By document id, then in document order. Streamed, one consistent snapshot. */
  readonly passages: AsyncIterable<PassageMentions>;
}

/** What a reader with an older index needs. `removed` and `put` are disjoint; a replaced document is in `put` only. */
export interface Changes {
  readonly generation: number;
  /** Document ids that no longer exist. Empty when `complete`. */
  readonly removed: readonly string[];
  /** Documents put or changed since; all documents when `complete`. Streamed in id order, one consistent snapshot. */
  readonly put: AsyncIterable<Omit<StoredDocument, 'text'>>;
  /** The log does not reach back to `since` (or since is 0): `put` holds everything. */
  readonly complete: boolean;
}
