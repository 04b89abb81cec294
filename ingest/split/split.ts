/** Contract of the splitter; see `splitDocument`. */
import type { ReadDocument } from '../read/reader.js';

export interface SplitOptions {
  /** Words a passage aims at; default 120, at most 1.4 times that unless a clause alone is longer. */
  readonly targetWords: number;
  /** Words at which even a clause, a row, a list item or a block of code is cut; default 400. */
  readonly maxWords: number;
}

export const DEFAULT_SPLIT: SplitOptions = Object.freeze({ targetWords: 120, maxWords: 400 });

/** A passage may be this many times as long as the target before it must be cut. */
export const STRETCH = 1.4;

/** A passage before it has an id. `document.text.slice(start, end)` is its text, without surrounding white space. */
export interface PassageDraft {
  readonly start: number;
  readonly end: number;
  readonly context: string;
  readonly page?: number;
  readonly row?: number;
}

/** Splits along structure, then sentences; a document without text gives one empty passage [0, 0) so that its title is found. */
export type SplitDocument = (document: ReadDocument, title: string, options: SplitOptions) => PassageDraft[];
