/** What the lens and the process that holds a graph file tell each other. */
import type { CypherParams, CypherValue, DocumentStamp } from '../../ports/index.js';
import type { LensDocument, LensMentions } from './lens-document.js';

export type ToProcess =
  | { readonly kind: 'open'; readonly file: string }
  | {
      readonly kind: 'run';
      readonly statement: string;
      /** The statement with a limit behind its RETURN, when it has none of its own. */
      readonly limited: string | undefined;
      readonly params: CypherParams;
      readonly rows: number;
      readonly memoryMb: number;
    }
  | { readonly kind: 'next' }
  | { readonly kind: 'end' }
  | {
      readonly kind: 'build';
      readonly folder: string;
      readonly collection: string;
      /** The folder holds the files of an earlier generation. */
      readonly base: boolean;
    }
  | { readonly kind: 'stamps'; readonly stamps: readonly DocumentStamp[] }
  /** Of an export. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'remove'; readonly documents: readonly string[] }
  | { readonly kind: 'documents'; readonly documents: readonly LensDocument[] }
  | { readonly kind: 'mentions'; readonly mentions: readonly LensMentions[] }
  | { readonly kind: 'finish'; readonly properties: CollectionProperties };

/** Properties of the Collection node but the counts that the builder makes. */
export type CollectionProperties = Readonly<Record<string, string | number>>;

export type ErrorKind = 'unavailable' | 'refused' | 'syntax' | 'parameter' | 'failed' | 'timeout' | 'memory';

export type FromProcess =
  | { readonly kind: 'ready'; readonly rss: number }
  | {
      readonly kind: 'rows';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly CypherValue[])[];
      /** These are the last. */
      readonly done: boolean;
      readonly truncated: boolean;
    }
  | { readonly kind: 'done' }
  /** Rows written since told last. */
  | { readonly kind: 'written'; readonly rows: number }
  | { readonly kind: 'built'; readonly counts: GraphCounts }
  | {
      readonly kind: 'error';
      readonly error: ErrorKind;
      readonly message: string;
      /** 1-based line of the statement. */
      readonly line?: number | undefined;
    };

/** As in `CollectionInfo`. */
export interface GraphCounts {
  readonly documents: number;
  readonly passages: number;
  readonly entities: number;
  readonly relations: number;
  readonly mentions: number;
}
