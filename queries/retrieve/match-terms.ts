/**
 * BM25 over the postings of a question's terms. A passage first gets a bound from above in 16 bits, so that what a posting
 * touches stays in the processor's second cache; only passages whose bound reaches the k-th score are scored exactly, and so
 * is every passage that a later step asks for. The scores are those of a plain sum over the terms in their order, to the
 * last bit.
 */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Analysis } from './analyse-question.js';
import { CLASS_BITS, FREQUENT, MOST_TERM_WEIGHT, termWeight } from './bm25.js';
import type { Scratch } from './scratch.js';
import { TopK } from './top-k.js';

/** What the bounds of a passage add up to at most, but for 2 a term: they stay in 15 bits. */
const UNITS = 32_000;
const MOST_BOUND = 32_767;
/** Highest bit of two bounds side by side. */
const TWO_HIGH = 0x80008000 | 0;
/** Passages of which one cell tells for each term which of them hold it: one bit each. */
const CELL_SHIFT = 5;
const IN_CELL = 31;
/** A histogram of the bounds of some passages, in steps of this power of two, tells which bound to begin with. */
const SAMPLED = 2_048;
const BIN_SHIFT = 6;
const BINS = (MOST_BOUND >>> BIN_SHIFT) + 1;
/** More than the passages wanted, so that their least score seldom asks for a second look. */
const MARGIN = 1.5;
/** Against rounding where exact scores are turned into bounds. */
const ROUND_DOWN = 1 - 1e-9;

interface Posting {
  readonly passages: Uint32Array;
  readonly frequency: Uint16Array;
}

const NONE: Posting = { passages: new Uint32Array(0), frequency: new Uint16Array(0) };

export class TermMatches {
  private readonly postings: readonly Posting[];
  private readonly idf: Float64Array;
  /** Units of bounds that one of a score is. */
  private readonly units: number;

  /** @param visible 1 = passage may be seen; undefined: all */
  constructor(
    index: RetrievalIndex,
    { terms, mass }: Analysis,
    private readonly visible: Uint8Array | undefined,
    private readonly scratch: Scratch,
  ) {
    this.postings = terms.map(({ id }) => (id < 0 ? NONE : index.postings(id)));
    this.idf = Float64Array.from(terms, ({ idf }) => idf);
    this.units = UNITS / (mass * MOST_TERM_WEIGHT);
    const numbers = ((index.passageCount >>> CELL_SHIFT) + 1) * terms.length * 2;
    if (scratch.cells.length < numbers) scratch.cells = new Int32Array(numbers);
    else scratch.cells.fill(0, 0, numbers);
    scratch.bound.fill(0);
    for (let j = 0; j < terms.length; j++) this.add(j);
  }

  /** Raises the bounds of the passages that hold term `j`, and notes them in the cells. */
  private add(j: number): void {
    const { visible } = this;
    const { bound, cells } = this.scratch;
    const { classOf, bounds } = this.scratch.weightBounds;
    const { passages, frequency } = this.postings[j]!;
    const stride = 2 * this.idf.length;
    const weight = Math.ceil(this.idf[j]! * MOST_TERM_WEIGHT * this.units);
    for (let i = 0; i < passages.length; i++) {
      const p = passages[i]!;
      const cell = (p >>> CELL_SHIFT) * stride + 2 * j;
      cells[cell]! |= 1 << (p & IN_CELL);
      cells[cell + 1] = i;
      if (visible !== undefined && visible[p] === 0) continue;
      const most = bounds[(Math.min(frequency[i]!, FREQUENT) << CLASS_BITS) | classOf[p]!]!;
      bound[p]! += (Math.imul(most, weight) >>> 16) + 1;
    }
  }

  private isVisible(p: number): boolean {
    return this.visible === undefined || this.visible[p] !== 0;
  }

  /** Score of a passage. */
  score(p: number): number {
    const { cells, norm } = this.scratch;
    const { idf, postings } = this;
    const bit = p & IN_CELL;
    let cell = (p >>> CELL_SHIFT) * 2 * idf.length;
    let sum = 0;
    if (!this.isVisible(p)) return 0;
    for (let j = 0; j < idf.length; j++, cell += 2) {
      const from = cells[cell]! >>> bit;
      if ((from & 1) === 0) continue;
      // Of the postings in the cell, those behind this one have a higher bit.
      sum += termWeight(idf[j]!, postings[j]!.frequency[cells[cell + 1]! - bitCount(from >>> 1)]!, norm[p]!);
    }
    return sum;
  }

  /** Reads what `describe` is about to read of passages, all at once (see `fetch-lists.ts`). */
  fetch(passages: Uint32Array, from: number, to: number): void {
    const { scratch } = this;
    const { cells, norm, slot } = scratch;
    const stride = 2 * this.idf.length;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const p = passages[i]!;
      sum += slot[p]! + norm[p]! + cells[(p >>> CELL_SHIFT) * stride]!;
    }
    scratch.fetched = sum;
  }

  /** Puts score, terms held and their contributions into the columns of a passage's slot. */
  describe(p: number, slot: number): void {
    const { cells, norm, slots } = this.scratch;
    const { idf, postings } = this;
    const { contributions } = slots;
    const bit = p & IN_CELL;
    let cell = (p >>> CELL_SHIFT) * 2 * idf.length;
    const base = slot * idf.length;
    let sum = 0;
    let low = 0;
    let high = 0;
    const terms = this.isVisible(p) ? idf.length : 0;
    for (let j = 0; j < terms; j++, cell += 2) {
      const from = cells[cell]! >>> bit;
      if ((from & 1) === 0) continue;
      const contribution = termWeight(
        idf[j]!,
        postings[j]!.frequency[cells[cell + 1]! - bitCount(from >>> 1)]!,
        norm[p]!,
      );
      contributions[base + j] = contribution;
      sum += contribution;
      if (j < 32) low |= 1 << j;
      else high |= 1 << (j - 32);
    }
    slots.bm25[slot] = sum;
    slots.low[slot] = low;
    slots.high[slot] = high;
  }

  /** The passages of the k greatest scores that hold a term, greatest first, ties by number. */
  best(k: number): { readonly ids: Uint32Array; readonly scores: Float64Array } {
    const heap = new TopK(k);
    let from = this.firstBound(k);
    let to = MOST_BOUND + 1;
    let found = 0;
    for (;;) {
      const count = this.collect(from, to);
      found += count;
      const { reached } = this.scratch;
      this.fetch(reached, 0, count);
      for (let i = 0; i < count; i++) {
        const score = this.score(reached[i]!);
        if (!heap.refuses(score)) heap.offer(reached[i]!, score);
      }
      if (from <= 1) return heap.sorted();
      to = from;
      if (found < k) {
        from = Math.max(1, from >>> 1);
        continue;
      }
      // No passage below this bound has a score that counts.
      const least = Math.max(1, Math.floor(heap.least * this.units * ROUND_DOWN));
      if (least >= from) return heap.sorted();
      from = least;
    }
  }

  /** A bound that some more than k passages reach, by a sample. */
  private firstBound(k: number): number {
    const { bound } = this.scratch;
    const step = Math.max(1, Math.floor(bound.length / SAMPLED));
    const counts = new Uint32Array(BINS);
    for (let p = 0; p < bound.length; p += step) counts[bound[p]! >>> BIN_SHIFT]!++;
    const enough = (MARGIN * k) / step;
    let sum = 0;
    for (let bin = BINS - 1; bin > 0; bin--) {
      sum += counts[bin]!;
      if (sum >= enough) return bin << BIN_SHIFT;
    }
    return 1;
  }

  /** Puts the passages whose bound is in [from, to) into `reached`, in order; returns their number. */
  private collect(from: number, to: number): number {
    const { bound, boundPairs, reached } = this.scratch;
    const two = from * 0x10001;
    let count = 0;
    for (let pair = 0; pair < boundPairs.length; pair++) {
      // A highest bit stays where the bound below it is not less than `from`.
      if ((((boundPairs[pair]! | TWO_HIGH) - two) & TWO_HIGH) === 0) continue;
      for (let p = 2 * pair; p < 2 * pair + 2; p++) if (bound[p]! >= from && bound[p]! < to) reached[count++] = p;
    }
    return count;
  }
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
