/**
 * What one question sees of the collection: BM25 over all postings, then, for the passages that any step looks at,
 * the contribution of each question term and the coverage of each sentence. Work follows the postings and the passages
 * looked at, never the size of the collection. Release it before the next question: it owns the index's scratch.
 */
import type { RetrievalIndex } from '../../src/index/retrieval-index.js';
import type { Analysis } from './analyse-question.js';
import { inverseDocumentFrequency, type Scratch, scratchOf, termWeight } from './scratch.js';
import { TopK } from './top-k.js';

/** Idf above which a relation word counts no more. */
const RELATION_IDF = 6;
/** What a repeated question term still counts in a residual. */
const REPEATED = 0.2;

export interface QuestionVectors {
  readonly whole: Float32Array;
  readonly unnamed: Float32Array;
}

const NO_VECTORS: QuestionVectors = { whole: new Float32Array(0), unnamed: new Float32Array(0) };

interface Posting {
  readonly passages: Uint32Array;
  readonly frequency: Uint16Array;
}

export class QuestionView {
  readonly scratch: Scratch;
  /** Greatest BM25 score of the collection, 1 when nothing matches. */
  readonly best: number;
  /** Passages with the greatest BM25 scores, at most `pool`. */
  readonly ranked: { readonly ids: Uint32Array; readonly scores: Float64Array };
  /** Passages by slot. */
  readonly passages: number[] = [];
  /** BM25 score by slot. */
  readonly bm25: number[] = [];
  /** Question terms that the passage of a slot holds, as bits. */
  readonly low: number[] = [];
  readonly high: number[] = [];
  /** Contribution of each term, `stride` numbers a slot. */
  private contributions = new Float64Array(0);
  private readonly stride: number;
  private readonly postings: readonly (Posting | undefined)[];
  private readonly rowCoverage = new Map<number, { readonly full: number; readonly relation: number }>();
  private readonly rowLikeness = new Map<number, number>();
  private readonly relationMass: number;
  private readonly touched: number;
  private readonly bitIdf: Float64Array;

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
    this.stride = terms.length;
    this.postings = terms.map(({ id }) => (id < 0 ? undefined : index.postings(id)));
    this.bitIdf = Float64Array.from(terms, ({ idf }) => idf);
    let relationMass = 0;
    terms.forEach(({ id, idf, entity }, j) => {
      if (!entity) relationMass += Math.min(idf, RELATION_IDF);
      if (id >= 0) this.scratch.termSlot[id] = j + 1;
    });
    this.relationMass = relationMass > 0 ? relationMass : 1;
    this.touched = this.accumulate();
    const heap = new TopK(pool);
    const { score, touched } = this.scratch;
    for (let i = 0; i < this.touched; i++) {
      const p = touched[i]!;
      if (!heap.refuses(score[p]!)) heap.offer(p, score[p]!);
    }
    this.ranked = heap.sorted();
    this.best = this.ranked.scores[0] ?? 1;
  }

  private accumulate(): number {
    const { norm, score, maskLow, maskHigh, touched } = this.scratch;
    const { visible } = this;
    let count = 0;
    for (let j = 0; j < this.stride; j++) {
      const posting = this.postings[j];
      if (posting === undefined) continue;
      const { passages, frequency } = posting;
      const idf = this.bitIdf[j]!;
      const bit = 1 << (j & 31);
      const mask = j < 32 ? maskLow : maskHigh;
      for (let i = 0; i < passages.length; i++) {
        const p = passages[i]!;
        if (visible !== undefined && visible[p] === 0) continue;
        if (score[p] === 0) touched[count++] = p;
        score[p]! += termWeight(idf, frequency[i]!, norm[p]!);
        mask[p]! |= bit;
      }
    }
    return count;
  }

  isVisible(p: number): boolean {
    return this.visible === undefined || this.visible[p] !== 0;
  }

  /** BM25 score of any passage. */
  scoreOf(p: number): number {
    return this.scratch.score[p]!;
  }

  /** Slot of a passage, made when it is looked at for the first time. */
  slotOf(p: number): number {
    const known = this.scratch.slot[p]!;
    if (known > 0) return known - 1;
    const slot = this.passages.length;
    this.scratch.slot[p] = slot + 1;
    this.passages.push(p);
    this.bm25.push(this.scratch.score[p]!);
    const low = this.scratch.maskLow[p]!;
    const high = this.scratch.maskHigh[p]!;
    this.low.push(low);
    this.high.push(high);
    const base = slot * this.stride;
    if (base + this.stride > this.contributions.length) {
      const grown = new Float64Array(Math.max(512 * this.stride, 2 * this.contributions.length));
      grown.set(this.contributions);
      this.contributions = grown;
    }
    const norm = this.scratch.norm[p]!;
    for (let bits = low; bits !== 0; bits &= bits - 1) this.gather(p, base, 31 - Math.clz32(bits & -bits), norm);
    for (let bits = high; bits !== 0; bits &= bits - 1) this.gather(p, base, 63 - Math.clz32(bits & -bits), norm);
    return slot;
  }

  private gather(p: number, base: number, j: number, norm: number): void {
    const { passages, frequency } = this.postings[j]!;
    let from = 0;
    let to = passages.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (passages[middle]! < p) from = middle + 1;
      else to = middle;
    }
    this.contributions[base + j] = termWeight(this.bitIdf[j]!, frequency[from]!, norm);
  }

  /** Idf of the terms whose bits are set. */
  idfOf(low: number, high: number): number {
    let sum = 0;
    for (let bits = low; bits !== 0; bits &= bits - 1) sum += this.bitIdf[31 - Math.clz32(bits & -bits)]!;
    for (let bits = high; bits !== 0; bits &= bits - 1) sum += this.bitIdf[63 - Math.clz32(bits & -bits)]!;
    return sum;
  }

  /** Share of the question's idf mass that the passage of a slot covers. */
  coverage(slot: number): number {
    return this.idfOf(this.low[slot]!, this.high[slot]!) / this.analysis.mass;
  }

  /** Share of the question's idf mass that `slot` covers and `base` does not. */
  added(slot: number, base: number): number {
    return this.idfOf(this.low[slot]! & ~this.low[base]!, this.high[slot]! & ~this.high[base]!) / this.analysis.mass;
  }

  /** BM25 of `slot` in 0..1, with terms that `base` holds already counted at a fifth. */
  residual(slot: number, base: number): number {
    const at = slot * this.stride;
    let repeated = 0;
    let bits = this.low[slot]! & this.low[base]!;
    for (; bits !== 0; bits &= bits - 1) repeated += this.contributions[at + 31 - Math.clz32(bits & -bits)]!;
    bits = this.high[slot]! & this.high[base]!;
    for (; bits !== 0; bits &= bits - 1) repeated += this.contributions[at + 63 - Math.clz32(bits & -bits)]!;
    return (this.bm25[slot]! - (1 - REPEATED) * repeated) / this.best;
  }

  /** Coverage of one sentence: of the whole question, and of its words outside names (idf at most 6), both in 0..1. */
  sentence(row: number): { readonly full: number; readonly relation: number } {
    let found = this.rowCoverage.get(row);
    if (found === undefined) {
      let full = 0;
      let relation = 0;
      const { termSlot } = this.scratch;
      const { terms, mass } = this.analysis;
      const ids = this.index.sentenceTerms(row);
      for (let i = 0; i < ids.length; i++) {
        const j = termSlot[ids[i]!]!;
        if (j === 0) continue;
        const term = terms[j - 1]!;
        full += term.idf;
        if (!term.entity) relation += Math.min(term.idf, RELATION_IDF);
      }
      found = { full: full / mass, relation: relation / this.relationMass };
      this.rowCoverage.set(row, found);
    }
    return found;
  }

  /** Likeness of a sentence to the question without its names, 0..1. */
  likeness(row: number): number {
    let found = this.rowLikeness.get(row);
    if (found === undefined) {
      found = Math.max(0, this.index.rowSimilarity(this.vectors.unnamed, row));
      this.rowLikeness.set(row, found);
    }
    return found;
  }

  /** Sum of idf over the terms of a passage's title. */
  titleMass(p: number): number {
    const known = this.scratch.titleMass[p]!;
    if (!Number.isNaN(known)) return known;
    let mass = 0;
    for (const term of this.index.titleTerms(p))
      mass += inverseDocumentFrequency(this.index.totalPassages, this.index.df(term));
    this.scratch.titleMass[p] = mass;
    return mass;
  }

  /** Gives the scratch back, all zero. */
  release(): void {
    const { score, maskLow, maskHigh, touched, slot, termSlot } = this.scratch;
    for (let i = 0; i < this.touched; i++) {
      const p = touched[i]!;
      score[p] = 0;
      maskLow[p] = 0;
      maskHigh[p] = 0;
    }
    for (const p of this.passages) slot[p] = 0;
    for (const { id } of this.analysis.terms) if (id >= 0) termSlot[id] = 0;
  }
}
