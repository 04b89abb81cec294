/** What a store holds and lists: collections, documents with their passages, sources, failures. */
import type { Contribution, DocumentRecord, PassageRecord } from '../../graph-schema/index.js';

export interface CollectionInfo {
  readonly name: string;
  /** Embedder id and dimensions stamped at creation (or by `restampEmbedder`). */
  readonly embedder: { readonly id: string; readonly dimensions: number };
  /**
   * Raised by one in the transaction of each write. A collection made under the name of a deleted one goes on above its
   * last, so that no reader takes the new one for the old.
   */
  readonly generation: number;
  /**
   * `entities`: keys that some passage mentions. `relations`: as stated, once a passage and statement. `mentions`:
   * occurrences, that is spans, or one where only the title names the entity.
   */
  readonly counts: {
    readonly documents: number;
    readonly passages: number;
    readonly entities: number;
    readonly relations: number;
    readonly mentions: number;
    readonly failures: number;
  };
}

/** Rows of int8; row i stands for `scale[i] * rows[i]`, a unit vector (or zero when scale is 0). */
export interface QuantisedVectors {
  readonly dimensions: number;
  readonly scale: Float32Array;
  readonly rows: Int8Array;
}

/** Everything stored of one passage before the fold. */
export interface PassageBundle {
  readonly passage: PassageRecord;
  readonly contribution: Contribution;
  /** Sentence vectors, row 0 the title: int8 rows of the collection's dimensions, each with its scale. See `QuantisedVectors`. */
  readonly vectors: QuantisedVectors;
}

export interface StoredDocument {
  readonly document: DocumentRecord;
  /** Text as the reader decoded it. */
  readonly text: string;
  readonly passages: readonly PassageBundle[];
}

export interface DocumentSummary {
  readonly document: DocumentRecord;
  readonly passages: number;
  readonly characters: number;
}

/** A source that could not be ingested. Cleared when the uri is stored or cleared explicitly. */
export interface Failure {
  readonly uri: string;
  /** Uri of the source when `uri` names a part of it (`file.jsonl#line 3`); absent when `uri` is the source itself. */
  readonly source?: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  /** Hash of what was tried, so that the next run tries again only when it changed; empty: always try again. */
  readonly contentHash: string;
  readonly failedAt: string;
}

/** A source that was read to its end: written in the transaction that stores the last of its documents. */
export interface SourceRecord {
  readonly uri: string;
  /** SHA-256 of its bytes, its date and the options and versions it was read with: equal means nothing to do. */
  readonly contentHash: string;
}

/** What is stored of a source. */
export interface StoredSource {
  readonly uri: string;
  /** Absent when it was not read to its end. */
  readonly record?: SourceRecord;
  /** By uri in code unit order. */
  readonly documents: readonly DocumentRecord[];
}

export interface PageRequest {
  /** Exclusive start, as given by `next`. */
  readonly after?: string;
  /** 1..1000 */
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Pass as `after` to go on; absent at the end. */
  readonly next?: string;
}
