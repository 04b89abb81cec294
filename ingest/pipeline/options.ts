/** Options of an ingest run. */
import type { Metadata } from '../../graph-schema/index.js';
import type { ReadOptions } from '../read/reader.js';
import type { SplitOptions } from '../split/split.js';
import type { IngestProgress } from '../types.js';

export interface IngestOptions {
  /** Created on first use, stamped with the embedder. */
  readonly collection: string;
  /** Put on every document of the run; wins over metadata of the same key in the source. Default none. */
  readonly metadata?: Metadata | undefined;
  /** Added to every document of the run. Default none. */
  readonly tags?: readonly string[] | undefined;
  /**
   * Removes what is stored under these uri prefixes and is not among the sources given: `docs` stands for `docs` and
   * all below `docs/`, as `rootUris` gives them. What lies at and below a uri that was given and could not be opened is
   * kept.
   * Default: nothing is removed.
   */
  readonly prune?: { readonly prefixes: readonly string[] } | undefined;
  /** Fields of JSON and JSONL records. */
  readonly fields?: ReadOptions['fields'] | undefined;
  /** Passage size; default `DEFAULT_SPLIT`. Changing it makes every document due again. */
  readonly split?: SplitOptions | undefined;
  /** Passages at which a batch is committed; 1..; default 500. Does not change the result. */
  readonly batchPassages?: number | undefined;
  /** Stops at the next commit: what was read so far is stored, then the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
}

export const DEFAULT_BATCH_PASSAGES = 500;

/** Characters of text at which a batch is committed, so that memory stays bounded when passages are long. */
export const MAX_BATCH_CHARS = 4_000_000;
