/** A value of a document's metadata; arrays match a filter when one of their elements does. */
export type MetadataValue = string | number | boolean | readonly string[];
export type Metadata = Readonly<Record<string, MetadataValue>>;

/** A document as stored. */
export interface DocumentRecord {
  readonly id: string;
  /** Where it came from: a path relative to the ingested root with `/`, `archive.zip!/inner.txt`, `file.jsonl#id`, or a URL. Unique in a collection. */
  readonly uri: string;
  /** Uri of the source (file, archive, upload) that holds it with others; absent when `uri` is the source itself. */
  readonly source?: string;
  /** Metadata's title, else the first heading, else the file name. */
  readonly title: string;
  readonly mediaType: string;
  /** SHA-256 of what the reader made of it and of everything else that decides what is stored; detects change only. */
  readonly contentHash: string;
  /** Bytes of the source; of a part of a source, bytes of its text in UTF-8. */
  readonly size: number;
  readonly metadata: Metadata;
  /** Sorted, without duplicates. */
  readonly tags: readonly string[];
  /** The document's own date, ISO 8601 (metadata `date`, else the file's modification time); filters on dates use it. */
  readonly date?: string;
  readonly enabled: boolean;
  /** ISO 8601; not compared when stores are compared. */
  readonly ingestedAt: string;
  /** Code points that are not compared: what the reader tolerated (lone surrogates, NUL ...). */
  readonly warnings: readonly string[];
}

/** A passage as stored. `text === document.text.slice(start, end)`, always (UTF-16 code units). */
export interface PassageRecord {
  readonly id: string;
  readonly documentId: string;
  /** 0-based position in its document. */
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Heading path and table header, ` > ` between headings; indexed and shown, not part of `text`. Empty if there is none. */
  readonly context: string;
  /** 1-based page of a PDF. */
  readonly page?: number;
  /** 1-based first row of a table (CSV, TSV), header not counted. */
  readonly row?: number;
}
