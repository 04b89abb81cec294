/**
 * Every limit of hopwise, explicit and configurable: `limits` of the config file or of `Hopwise.open`. Sizes are bytes unless
 * said.
 */
export interface Limits {
  /** A single source file or upload. */
  readonly maxFileBytes: number;
  /** Characters of one document's decoded text. */
  readonly maxDocumentChars: number;
  /** Characters of one line in JSONL, CSV and text. */
  readonly maxLineChars: number;
  /** Files in one archive. */
  readonly maxArchiveEntries: number;
  /** Sum of the inflated sizes of one archive's entries, counted while inflating. */
  readonly maxArchiveBytes: number;
  /** Inflated / compressed size of one entry. */
  readonly maxArchiveRatio: number;
  /** Pages of a PDF. */
  readonly maxPages: number;
  /** Archives inside archives. */
  readonly maxArchiveDepth: number;
  /** Characters of a question. */
  readonly maxQuestionChars: number;
  /** `k` of ask and search. */
  readonly maxK: number;
  /**
   * Memory for a collection's retrieval index, estimated by `estimateIndexBytes`: 4.4 KB a passage at 256 dimensions.
   * Collections that would need more are ranked on the store's own search.
   */
  readonly maxIndexBytes: number;
  /**
   * Passages and documents cited lately that a process keeps of a store a network away (about 4 KB each); dropped when
   * their collection changes. 0: none.
   */
  readonly maxKeptEvidence: number;
  /** Nodes of a picture. */
  readonly maxGraphNodes: number;
  /** Milliseconds a writer waits for another one; 0: not at all. */
  readonly writerWaitMs: number;
  /** Milliseconds a commit waits for those of other processes, on a store that several write at once. */
  readonly commitWaitMs: number;
  /** Milliseconds after which another process takes over the sources that a dead one was working on. */
  readonly claimMs: number;
  /** Characters of a Cypher statement. */
  readonly maxCypherChars: number;
  /** Rows of a Cypher statement. */
  readonly maxCypherRows: number;
  /** Milliseconds of a Cypher statement. */
  readonly maxCypherMs: number;
  /** Memory of a Cypher statement, or of the process that runs it. */
  readonly maxCypherBytes: number;
}

export const DEFAULT_LIMITS: Limits = Object.freeze({
  maxFileBytes: 200 * 2 ** 20,
  maxDocumentChars: 20_000_000,
  maxLineChars: 10_000_000,
  maxArchiveEntries: 10_000,
  maxArchiveBytes: 2 ** 30,
  maxArchiveRatio: 200,
  maxPages: 5_000,
  maxArchiveDepth: 2,
  maxQuestionChars: 2_000,
  maxK: 200,
  maxIndexBytes: 2 * 2 ** 30,
  maxKeptEvidence: 5_000,
  maxGraphNodes: 500,
  writerWaitMs: 5_000,
  commitWaitMs: 300_000,
  claimMs: 60_000,
  maxCypherChars: 20_000,
  maxCypherRows: 100_000,
  maxCypherMs: 30_000,
  maxCypherBytes: 2 ** 30,
});
