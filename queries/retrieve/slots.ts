/**
 * Columns about the passages that one question looks at, by slot: a slot is a passage's number among them, in the order
 * in which they were first looked at. The columns are reused by the next question; only what a question wrote is read.
 */
import { FIRST_FEATURES } from './features.js';

const FEATURES = FIRST_FEATURES.length;
const FIRST_SLOTS = 512;
const FIRST_ROWS = 2_048;

/** Bits of `done`. */
export const COVERED = 1;
export const COMPARED = 2;
export const FEATURED = 4;

export class Slots {
  count = 0;
  passage = new Uint32Array(FIRST_SLOTS);
  /** BM25 score. */
  bm25 = new Float64Array(FIRST_SLOTS);
  /** Question terms 0..31 and 32..63 that the passage holds, as bits. */
  low = new Int32Array(FIRST_SLOTS);
  high = new Int32Array(FIRST_SLOTS);
  /** Contribution of each question term that is held, `stride` numbers a slot. */
  contributions = new Float64Array(0);
  /** First of the passage's sentences in the columns of rows, -1 until they are asked for. */
  rowBase = new Int32Array(FIRST_SLOTS);
  /** Which of the columns below are filled. */
  done = new Uint8Array(FIRST_SLOTS);
  /** Greatest dot product of a sentence with the question, NaN until compared, and with the question without its names. */
  whole = new Float64Array(FIRST_SLOTS);
  unnamed = new Float64Array(FIRST_SLOTS);
  /** `FIRST_FEATURES`. */
  features = new Float64Array(FIRST_SLOTS * FEATURES);
  /** Zero between uses: for whoever needs to know a slot again. */
  mark = new Int32Array(FIRST_SLOTS);
  /** Likelihood in the round before, and the round whose candidate the passage is. */
  pi = new Float64Array(FIRST_SLOTS);
  round = new Int32Array(FIRST_SLOTS);

  rowCount = 0;
  /** Coverage of the question, and of its words outside names, by sentence. */
  full = new Float64Array(FIRST_ROWS);
  relation = new Float64Array(FIRST_ROWS);
  /** Dot product of the sentence with the question without its names. */
  likeness = new Float64Array(FIRST_ROWS);
  private stride = 0;

  /** Empties the columns for a question of `stride` terms. */
  open(stride: number): void {
    this.count = 0;
    this.rowCount = 0;
    this.stride = stride;
    if (this.contributions.length < this.passage.length * stride) {
      this.contributions = new Float64Array(this.passage.length * stride);
    }
  }

  /** A new slot, its columns empty but for what its terms say. */
  add(passage: number): number {
    if (this.count === this.passage.length) this.grow();
    const slot = this.count++;
    this.passage[slot] = passage;
    this.rowBase[slot] = -1;
    this.done[slot] = 0;
    this.whole[slot] = Number.NaN;
    this.pi[slot] = 0;
    this.round[slot] = 0;
    return slot;
  }

  /** Places for `count` sentences. */
  addRows(count: number): number {
    const base = this.rowCount;
    this.rowCount += count;
    if (this.rowCount > this.full.length) {
      const length = Math.max(this.rowCount, 2 * this.full.length);
      this.full = grown(this.full, length);
      this.relation = grown(this.relation, length);
      this.likeness = grown(this.likeness, length);
    }
    return base;
  }

  private grow(): void {
    const length = 2 * this.passage.length;
    this.passage = grown(this.passage, length);
    this.bm25 = grown(this.bm25, length);
    this.low = grown(this.low, length);
    this.high = grown(this.high, length);
    this.contributions = grown(this.contributions, Math.max(length * this.stride, this.contributions.length));
    this.rowBase = grown(this.rowBase, length);
    this.done = grown(this.done, length);
    this.whole = grown(this.whole, length);
    this.unnamed = grown(this.unnamed, length);
    this.features = grown(this.features, length * FEATURES);
    this.mark = grown(this.mark, length);
    this.pi = grown(this.pi, length);
    this.round = grown(this.round, length);
  }
}

type Column = Uint8Array | Int32Array | Uint32Array | Float64Array;

/** A longer column with the same beginning. */
function grown<T extends Column>(column: T, length: number): T {
  const longer = new (column.constructor as new (length: number) => T)(length);
  longer.set(column);
  return longer;
}
