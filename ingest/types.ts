/** Types of the ingest side, shared by library, CLI and HTTP. */

/** What ended in quarantine, with what to do about it. */
export interface Quarantined {
  /** The source, or the part of it (`file.jsonl#line 3`). */
  readonly uri: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * What an ingest run reports. `documents`, `passages`, `entities` and `relations` are what the collection holds after
 * the run; `added`, `updated`, `unchanged` and `deleted` count documents by what this run did to them.
 */
export interface IngestSummary {
  readonly documents: number;
  readonly passages: number;
  readonly entities: number;
  readonly relations: number;
  /** Documents that were not there before. */
  readonly added: number;
  /** Documents already stored as they are now, left as they were. */
  readonly unchanged: number;
  /** Documents that were there with other content, metadata or date, or read by an older version. */
  readonly updated: number;
  /** Documents removed: pruned, or gone from a source that holds several. */
  readonly deleted: number;
  /** Sources and parts of the given sources that are left out, those that failed in an earlier run and have not changed included. By uri. */
  readonly quarantined: readonly Quarantined[];
  readonly seconds: number;
}

/** Where an ingest (or re-embedding) run is. Totals are of the sources given to the run, known before the first is read. */
export interface IngestProgress {
  /** `read`: reading, describing and storing sources; `embed`: re-embedding; `index`: bringing the retrieval index up to date. */
  readonly phase: 'plan' | 'read' | 'embed' | 'index' | 'done';
  readonly sources: number;
  readonly totalSources: number;
  /** Bytes of the sources done. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** Documents stored or found unchanged so far. */
  readonly documents: number;
  /** Passages stored (or embedded) so far. */
  readonly passages: number;
  /** Known when re-embedding only. */
  readonly totalPassages?: number;
  readonly quarantined: number;
  /** The source that was finished last. */
  readonly uri?: string;
}
