/** The columns of a passage table, and their copy for a choice of slots. */
import { Uint8Column, Uint32Column } from '../index/columns.js';

/** Bits of `tokenShapes` that hold the token's shape. */
export const SHAPE = 3;
/** Bit of `tokenShapes`: nothing stands between the token and the one before, both of a script without blanks. */
export const GLUED = 4;

/** Each `start` has one entry more than slots. */
export interface TableColumns {
  /** First token, segment and run of each slot. */
  readonly tokenStart: Uint32Array;
  readonly segmentStart: Uint32Array;
  readonly runStart: Uint32Array;
  /** Word of each token, and its shape with the bit GLUED. */
  readonly tokenWords: Uint32Array;
  readonly tokenShapes: Uint8Array;
  /** End of each segment in tokens of its passage, and its sentence row (0 title and context). */
  readonly segmentEnd: Uint32Array;
  readonly segmentRow: Uint32Array;
  /** Runs in tokens of their passage, and their type as `typeNumber`. */
  readonly runFrom: Uint32Array;
  readonly runTo: Uint32Array;
  readonly runType: Uint8Array;
}

/** Columns of a table without slots. */
export function emptyColumns(): TableColumns {
  const none = new Uint32Array(0);
  const zero = Uint32Array.of(0);
  return {
    tokenStart: zero,
    segmentStart: zero,
    runStart: zero,
    tokenWords: none,
    tokenShapes: new Uint8Array(0),
    segmentEnd: none,
    segmentRow: none,
    runFrom: none,
    runTo: none,
    runType: new Uint8Array(0),
  };
}

/** Columns of the slots given, in that order. */
export function selectColumns(columns: TableColumns, slots: readonly number[]): TableColumns {
  const tokens = selection(columns.tokenStart, slots);
  const segments = selection(columns.segmentStart, slots);
  const runs = selection(columns.runStart, slots);
  return {
    tokenStart: tokens.start,
    segmentStart: segments.start,
    runStart: runs.start,
    tokenWords: tokens.copy(columns.tokenWords, new Uint32Array(tokens.total)),
    tokenShapes: tokens.copy(columns.tokenShapes, new Uint8Array(tokens.total)),
    segmentEnd: segments.copy(columns.segmentEnd, new Uint32Array(segments.total)),
    segmentRow: segments.copy(columns.segmentRow, new Uint32Array(segments.total)),
    runFrom: runs.copy(columns.runFrom, new Uint32Array(runs.total)),
    runTo: runs.copy(columns.runTo, new Uint32Array(runs.total)),
    runType: runs.copy(columns.runType, new Uint8Array(runs.total)),
  };
}

interface Selection {
  readonly start: Uint32Array;
  readonly total: number;
  copy<T extends Uint32Array | Uint8Array>(from: T, into: T): T;
}

function selection(start: Uint32Array, slots: readonly number[]): Selection {
  const selected = new Uint32Array(slots.length + 1);
  slots.forEach((slot, i) => {
    selected[i + 1] = selected[i]! + start[slot + 1]! - start[slot]!;
  });
  return {
    start: selected,
    total: selected[slots.length]!,
    copy: (from, into) => {
      slots.forEach((slot, i) => {
        into.set(from.subarray(start[slot]!, start[slot + 1]!), selected[i]!);
      });
      return into;
    },
  };
}

/** Columns that grow as passages are appended. */
export class GrowingColumns {
  readonly tokenStart: Uint32Column;
  readonly segmentStart: Uint32Column;
  readonly runStart: Uint32Column;
  readonly tokenWords: Uint32Column;
  readonly tokenShapes: Uint8Column;
  readonly segmentEnd: Uint32Column;
  readonly segmentRow: Uint32Column;
  readonly runFrom: Uint32Column;
  readonly runTo: Uint32Column;
  readonly runType: Uint8Column;

  /** @param first the first contents; never written to */
  constructor(first: TableColumns) {
    this.tokenStart = new Uint32Column(first.tokenStart);
    this.segmentStart = new Uint32Column(first.segmentStart);
    this.runStart = new Uint32Column(first.runStart);
    this.tokenWords = new Uint32Column(first.tokenWords);
    this.tokenShapes = new Uint8Column(first.tokenShapes);
    this.segmentEnd = new Uint32Column(first.segmentEnd);
    this.segmentRow = new Uint32Column(first.segmentRow);
    this.runFrom = new Uint32Column(first.runFrom);
    this.runTo = new Uint32Column(first.runTo);
    this.runType = new Uint8Column(first.runType);
  }

  /** Ends the slot being appended. */
  closeSlot(): void {
    this.tokenStart.push(this.tokenWords.length);
    this.segmentStart.push(this.segmentEnd.length);
    this.runStart.push(this.runFrom.length);
  }

  /** The columns as they are; valid until the next append. */
  view(): TableColumns {
    return {
      tokenStart: this.tokenStart.view(),
      segmentStart: this.segmentStart.view(),
      runStart: this.runStart.view(),
      tokenWords: this.tokenWords.view(),
      tokenShapes: this.tokenShapes.view(),
      segmentEnd: this.segmentEnd.view(),
      segmentRow: this.segmentRow.view(),
      runFrom: this.runFrom.view(),
      runTo: this.runTo.view(),
      runType: this.runType.view(),
    };
  }
}
