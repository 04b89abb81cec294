/**
 * What one question sees of the collection: BM25 over all postings, then, for the passages that any step looks at,
 * the contribution of each question term, the coverage of each sentence and its likeness. Work follows the postings and
 * the passages looked at, never the size of the collection. Release it before the next question: it owns the index's
 * scratch.
 */
import type { RetrievalIndex, RowComparer } from '../../src/index/retrieval-index.js';
import type { Analysis } from './analyse-question.js';
import { TermMatches } from './match-terms.js';
import { type Scratch, scratchOf } from './scratch.js';
import { COMPARED, COVERED, type Slots } from './slots.js';

/** Idf above which a relation word counts no more. */
const RELATION_IDF = 6;
/** What a repeated question term still counts in a residual. */
const REPEATED = 0.2;
/** Terms whose sums of idf are tabled. */
const TABLED = 8;

export interface QuestionVectors {
  readonly whole: Float32Array;
  readonly unnamed: Float32Array;
}

const NO_VECTORS: QuestionVectors = { whole: new Float32Array(0), unnamed: new Float32Array(0) };

export class QuestionView {
  readonly scratch: Scratch;
  readonly slots: Slots;
  /** Greatest BM25 score of the collection, 1 when nothing matches. */
  readonly best: number;
  /** Passages with the greatest BM25 scores, at most `pool`; the passage of rank r has slot r. */
  readonly ranked: { readonly ids: Uint32Array; readonly scores: Float64Array };
  private readonly stride: number;
  private readonly relationMass: number;
  private readonly matches: TermMatches;
  /** Idf of each term, and what it counts among the words outside names. */
  private readonly idf: Float64Array;
  private readonly relationIdf: Float64Array;
  /** Sum of idf of each set of the first `TABLED` terms. */
  private readonly table: Float64Array;
  private walked: ArrayLike<number> = [];
  private compareWhole: RowComparer | undefined;
  private compareUnnamed: RowComparer | undefined;
  private similarities = new Float64Array(64);

  constructor(
    readonly index: RetrievalIndex,
    readonly analysis: Analysis,
    /** 1 = may be seen; undefined: all. */
    readonly visible: Uint8Array | undefined,
    pool: number,
    /** Vector of the question, and of the question without its names; empty where no vectors are asked for. */
    readonly vectors: QuestionVectors = NO_VECTORS,
  ) {
    const { terms } = analysis;
    this.scratch = scratchOf(index);
    this.slots = this.scratch.slots;
    this.stride = terms.length;
    this.slots.open(this.stride);
    this.idf = Float64Array.from(terms, ({ idf }) => idf);
    this.relationIdf = Float64Array.from(terms, ({ idf, entity }) => (entity ? 0 : Math.min(idf, RELATION_IDF)));
    this.table = sumsOfSubsets(this.idf.subarray(0, TABLED));
    let relationMass = 0;
    for (const idf of this.relationIdf) relationMass += idf;
    this.relationMass = relationMass > 0 ? relationMass : 1;
    terms.forEach(({ id }, j) => {
      if (id >= 0) this.scratch.termSlot[id] = j + 1;
    });
    this.matches = new TermMatches(index, analysis, visible, this.scratch);
    this.ranked = this.matches.best(pool);
    this.best = this.ranked.scores[0] ?? 1;
    for (const p of this.ranked.ids) this.slotOf(p);
  }

  isVisible(p: number): boolean {
    return this.visible === undefined || this.visible[p] !== 0;
  }

  /** BM25 score of any passage. */
  scoreOf(p: number): number {
    const known = this.scratch.slot[p]!;
    return known > 0 ? this.slots.bm25[known - 1]! : this.matches.score(p);
  }

  /** Slot of a passage, made when it is looked at for the first time. */
  slotOf(p: number): number {
    const known = this.scratch.slot[p]!;
    return known > 0 ? known - 1 : this.addSlot(p);
  }

  /** Slot of a passage, -1 when it was not looked at yet. */
  knownSlot(p: number): number {
    return this.scratch.slot[p]! - 1;
  }

  /** Brings near what slots of the passages at [from, to) of a list are made of. */
  fetchSlots(passages: Uint32Array, from: number, to: number): void {
    this.matches.fetch(passages, from, to);
  }

  private addSlot(p: number): number {
    const slot = this.slots.add(p);
    this.scratch.slot[p] = slot + 1;
    this.matches.describe(p, slot);
    return slot;
  }

  /** Idf of the terms whose bits are set, added in their order. */
  idfOf(low: number, high: number): number {
    let sum = this.table[low & (this.table.length - 1)]!;
    for (let bits = low & ~(this.table.length - 1); bits !== 0; bits &= bits - 1) {
      sum += this.idf[31 - Math.clz32(bits & -bits)]!;
    }
    for (let bits = high; bits !== 0; bits &= bits - 1) sum += this.idf[63 - Math.clz32(bits & -bits)]!;
    return sum;
  }

  /** Share of the question's idf mass that the passage of a slot covers. */
  coverage(slot: number): number {
    return this.idfOf(this.slots.low[slot]!, this.slots.high[slot]!) / this.analysis.mass;
  }

  /** Share of the question's idf mass that `slot` covers and `base` does not. */
  added(slot: number, base: number): number {
    const { low, high } = this.slots;
    return this.idfOf(low[slot]! & ~low[base]!, high[slot]! & ~high[base]!) / this.analysis.mass;
  }

  /** BM25 of `slot` in 0..1, with terms that `base` holds already counted at a fifth. */
  residual(slot: number, base: number): number {
    const { low, high, contributions, bm25 } = this.slots;
    const at = slot * this.stride;
    let repeated = 0;
    let bits = low[slot]! & low[base]!;
    for (; bits !== 0; bits &= bits - 1) repeated += contributions[at + 31 - Math.clz32(bits & -bits)]!;
    bits = high[slot]! & high[base]!;
    for (; bits !== 0; bits &= bits - 1) repeated += contributions[at + 63 - Math.clz32(bits & -bits)]!;
    return (bm25[slot]! - (1 - REPEATED) * repeated) / this.best;
  }

  private rowsOf(slot: number): number {
    const { slots, index } = this;
    const known = slots.rowBase[slot]!;
    if (known >= 0) return known;
    const p = slots.passage[slot]!;
    const base = slots.addRows(index.sentenceStart[p + 1]! - index.sentenceStart[p]!);
    slots.rowBase[slot] = base;
    return base;
  }

  /**
   * Coverage of the sentences of a slot, of the whole question and of its words outside names (idf at most 6), both in
   * 0..1: `slots.full` and `slots.relation` from the number given.
   */
  covered(slot: number): number {
    const base = this.rowsOf(slot);
    const { slots, index, idf, relationIdf, relationMass } = this;
    if ((slots.done[slot]! & COVERED) !== 0) return base;
    slots.done[slot]! |= COVERED;
    const { sentenceTermStart, sentenceTerms } = index.lists;
    const { termSlot } = this.scratch;
    const { mass } = this.analysis;
    const p = slots.passage[slot]!;
    const from = index.sentenceStart[p]!;
    const rows = index.sentenceStart[p + 1]! - from;
    if ((slots.low[slot]! | slots.high[slot]!) === 0 && this.isVisible(p)) {
      slots.full.fill(0, base, base + rows);
      slots.relation.fill(0, base, base + rows);
      return base;
    }
    for (let row = 0; row < rows; row++) {
      let full = 0;
      let relation = 0;
      const end = sentenceTermStart[from + row + 1]!;
      for (let i = sentenceTermStart[from + row]!; i < end; i++) {
        const j = termSlot[sentenceTerms[i]!]!;
        if (j === 0) continue;
        full += idf[j - 1]!;
        relation += relationIdf[j - 1]!;
      }
      slots.full[base + row] = full / mass;
      slots.relation[base + row] = relation / relationMass;
    }
    return base;
  }

  /** Brings near the sentence vectors of the passages among these that are still to be compared. */
  fetchRows(passages: Uint32Array): void {
    const { index, slots } = this;
    if (index.fetchRows === undefined) return;
    index.fetchRows(passages.filter((p) => (slots.done[this.slotOf(p)]! & COMPARED) === 0));
  }

  /**
   * Compares the sentences of a slot with both vectors: the greatest go to `slots.whole` (unless it is known) and
   * `slots.unnamed`; `slots.likeness` holds each sentence's from the number given.
   */
  compared(slot: number): number {
    const base = this.rowsOf(slot);
    const { slots, index } = this;
    if ((slots.done[slot]! & COMPARED) !== 0) return base;
    slots.done[slot]! |= COMPARED;
    const p = slots.passage[slot]!;
    const from = index.sentenceStart[p]!;
    const to = index.sentenceStart[p + 1]!;
    if (Number.isNaN(slots.whole[slot]!)) {
      if (this.similarities.length < to - from) this.similarities = new Float64Array(to - from);
      this.compareWhole ??= index.comparer(this.vectors.whole);
      this.compareWhole(from, to, this.similarities, 0);
      slots.whole[slot] = greatest(this.similarities, 0, to - from);
    }
    this.compareUnnamed ??= index.comparer(this.vectors.unnamed);
    this.compareUnnamed(from, to, slots.likeness, base);
    slots.unnamed[slot] = greatest(slots.likeness, base, base + to - from);
    return base;
  }

  /** Keeps what a walk left at each passage, in `scratch.walk` until the release. */
  keepWalk(passages: ArrayLike<number>, mass: Float64Array): void {
    const { walk } = this.scratch;
    for (let i = 0; i < passages.length; i++) walk[passages[i]!] = mass[i]!;
    this.walked = passages;
  }

  /** Gives the scratch back, all zero. */
  release(): void {
    const { slot, termSlot, walk } = this.scratch;
    const { slots, walked } = this;
    for (let i = 0; i < slots.count; i++) slot[slots.passage[i]!] = 0;
    for (let i = 0; i < walked.length; i++) walk[walked[i]!] = 0;
    for (const { id } of this.analysis.terms) if (id >= 0) termSlot[id] = 0;
  }
}

function greatest(numbers: Float64Array, from: number, to: number): number {
  let best = numbers[from]!;
  for (let i = from + 1; i < to; i++) best = Math.max(best, numbers[i]!);
  return best;
}

/** By set of bits: the sum of the numbers whose bits are set, added in their order. */
function sumsOfSubsets(numbers: Float64Array): Float64Array {
  const sums = new Float64Array(1 << numbers.length);
  for (let j = 0; j < numbers.length; j++) {
    for (let set = 0; set < 1 << j; set++) sums[(1 << j) | set] = sums[set]! + numbers[j]!;
  }
  return sums;
}
