/** The port of readers: one file a format, registered in one line of `readers.ts`. */
import type { Metadata } from '../../graph-schema/index.js';
import type { SourceError } from '../../src/errors.js';
import type { Limits } from '../../src/limits.js';

/**
 * A structural piece of a document's text. Blocks are in order, do not overlap and cover everything but white space; a
 * table header stands in the context of its rows' passages.
 */
export interface Block {
  readonly kind: 'heading' | 'paragraph' | 'list-item' | 'table-header' | 'table-row' | 'code';
  /** [start, end) in the document's text. */
  readonly start: number;
  readonly end: number;
  /** Headings: 1..6. */
  readonly level?: number;
  /** 1-based page of a PDF. */
  readonly page?: number;
  /** 1-based row of a table, header not counted. */
  readonly row?: number;
  /** Column names of a table row, as shown in the passage's context, e.g. "name | born | field". */
  readonly header?: string;
}

/** What a reader makes of one source, before splitting. */
export interface ReadDocument {
  /** Appended to the source's uri when a source holds several documents: `#id` (JSONL) or `!/name` (zip). Empty otherwise. */
  readonly part: string;
  /**
   * From the source's own metadata; `documentTitle` falls back to the first heading, then to the file name. The empty
   * string says that the source states having no title (a record with `"title": ""`): no fallback then.
   */
  readonly title?: string;
  /**
   * As decoded: line ends are \n, and a single \n is a hard break (list item, table row, line of a chat or of code);
   * lines that were wrapped at a margin are unwrapped; paragraphs are separated by an empty line.
   */
  readonly text: string;
  readonly mediaType: string;
  readonly blocks: readonly Block[];
  readonly metadata: Metadata;
  readonly tags: readonly string[];
  /** ISO 8601 date from the metadata. */
  readonly date?: string;
  /** Tolerated oddities, for people: "lone surrogate at character 17 replaced by U+FFFD". */
  readonly warnings: readonly string[];
}

/** A part of a source that cannot be read; the rest of the source goes on. */
export interface ReadFailure {
  readonly part: string;
  readonly error: SourceError;
}

export interface Source {
  readonly uri: string;
  readonly bytes: Uint8Array;
  /** Lower-case extension without dot, empty if none. */
  readonly extension: string;
  /** As told by an upload, else undefined. */
  readonly mediaType?: string;
}

export interface ReadOptions {
  readonly limits: Limits;
  /** Fields of JSON and JSONL records; defaults: text from `text|content|body`, title from `title|name|headline`, id from `id|_id|url`. */
  readonly fields?: { readonly id?: string; readonly title?: string; readonly text?: string };
  readonly signal?: AbortSignal;
  /** Set by `readSource` for what lies inside an archive. */
  readonly archive?: ArchiveScope;
}

/** What all levels of one archive share. */
export interface ArchiveScope {
  /** Archives around this source, 0 for a source that lies in none. */
  readonly depth: number;
  /** Bytes inflated so far, over all levels. */
  readonly budget: { used: number };
  /** Reads an entry like any other source, one level deeper. */
  read(entry: Source): AsyncIterable<ReadDocument | ReadFailure>;
}

export interface Reader {
  readonly name: string;
  /** Extensions it reads, lower case. */
  readonly extensions: readonly string[];
  readonly mediaTypes: readonly string[];
  /** Yields documents and failures of parts; throws SourceError when the whole source cannot be read. */
  read(source: Source, options: ReadOptions): AsyncIterable<ReadDocument | ReadFailure>;
}
