/** Stage 1: candidates from BM25, vectors, names, PageRank and links, and the features of a passage by itself. */
import type { NamedEntity } from './analyse-question.js';
import { FIRST_FEATURES } from './features.js';
import { FETCHED, fetchFeatures } from './fetch-lists.js';
import { personalisedPageRank } from './page-rank.js';
import type { QuestionView } from './question-view.js';
import { titleMass } from './scratch.js';
import { FEATURED } from './slots.js';
import { TopK } from './top-k.js';

const BM25_CANDIDATES = 100;
const VECTOR_CANDIDATES = 60;
/** Vector ranks that are known exactly. */
const VECTOR_RANKED = 100;
const NAMED_CANDIDATES = 200;
const PAGERANK_CANDIDATES = 60;
/** Passages whose links give candidates. */
const LINKING = 15;
/** Passages of one document that a link or name brings in: the lead and those with the best BM25. */
const PER_DOCUMENT = 8;

export class FirstStage {
  /** Passages, ascending. */
  readonly candidates: Uint32Array;
  private readonly named = new Map<number, number>();
  private readonly vectorRank = new Map<number, number>();
  private readonly documents = new Map<number, readonly number[]>();
  /** By entity that the question names: what a mention of it counts. */
  private readonly entityShare: Float64Array;
  private greatestRank = 1;
  private low = 0;
  private high = 0;
  private sortedSimilarities = new Float64Array(0);

  constructor(private readonly view: QuestionView) {
    const { index, analysis } = view;
    this.nameDocuments(analysis.entities);
    this.entityShare = Float64Array.from(
      analysis.known,
      (entity) => 1 / Math.log2(2 + index.entityDf(entity)) / Math.max(1, analysis.known.length),
    );
    this.candidates = this.collect();
    this.normaliseVectors();
  }

  /** Passages of a document that may be seen: all when few, else the lead and the best by BM25, ascending. */
  passagesOf(document: number): readonly number[] {
    let found = this.documents.get(document);
    if (found === undefined) {
      const { index } = this.view;
      const start = index.passageStart[document]!;
      const end = index.passageStart[document + 1]!;
      const chosen: number[] = [];
      if (end - start <= PER_DOCUMENT) {
        for (let p = start; p < end; p++) if (this.view.isVisible(p)) chosen.push(p);
      } else {
        const heap = new TopK(PER_DOCUMENT - 1);
        if (this.view.isVisible(start)) chosen.push(start);
        for (let p = start + 1; p < end; p++) {
          const score = this.view.scoreOf(p);
          if (score > 0) heap.offer(p, score);
        }
        chosen.push(...heap.sorted().ids);
        chosen.sort((a, b) => a - b);
      }
      found = chosen;
      this.documents.set(document, found);
    }
    return found;
  }

  private nameDocuments(entities: readonly NamedEntity[]): void {
    for (const { alias } of entities) {
      if (alias === undefined) continue;
      const { documents, weights } = alias;
      const share = 1 / Math.sqrt(documents.length);
      documents.forEach((d, i) => {
        this.named.set(d, Math.max(this.named.get(d) ?? 0, weights[i]! * share));
      });
    }
  }

  private collect(): Uint32Array {
    const { view } = this;
    const { index } = view;
    const found = new Set<number>();
    const { ids } = view.ranked;
    for (let i = 0; i < Math.min(BM25_CANDIDATES, ids.length); i++) found.add(ids[i]!);

    const nearest = index.nearest(view.vectors.whole, VECTOR_RANKED, view.visible);
    nearest.passages.forEach((p, rank) => {
      this.vectorRank.set(p, rank);
      view.slots.whole[view.slotOf(p)] = nearest.scores[rank]!;
      if (rank < VECTOR_CANDIDATES) found.add(p);
    });

    const byName = [...this.named.keys()].sort((a, b) => a - b).flatMap((d) => this.passagesOf(d));
    for (const p of byName.slice(0, NAMED_CANDIDATES)) found.add(p);

    const push = personalisedPageRank(view);
    const central = new TopK(PAGERANK_CANDIDATES);
    view.keepWalk(push.passages, push.mass);
    for (let i = 0; i < push.passages.length; i++) {
      if (!central.refuses(push.mass[i]!)) central.offer(push.passages[i]!, push.mass[i]!);
    }
    const { ids: best, scores } = central.sorted();
    this.greatestRank = scores[0] ?? 1;
    for (const p of best) found.add(p);

    const linking = new TopK(LINKING);
    for (const p of new Set([...ids.subarray(0, BM25_CANDIDATES), ...byName])) {
      linking.offer(p, view.scoreOf(p) / view.best + (this.named.get(index.documentOf[p]!) ?? 0));
    }
    for (const p of linking.sorted().ids) {
      const { documents } = index.linksFrom(p);
      for (let i = 0; i < documents.length; i++) for (const q of this.passagesOf(documents[i]!)) found.add(q);
    }
    return Uint32Array.from(found).sort();
  }

  private normaliseVectors(): void {
    const { view } = this;
    const all = new Float64Array(this.candidates.length);
    for (let i = 0; i < all.length; i++) {
      if (i % FETCHED === 0) view.fetchRows(this.candidates.subarray(i, i + FETCHED));
      const slot = view.slotOf(this.candidates[i]!);
      view.compared(slot);
      all[i] = view.slots.whole[slot]!;
    }
    all.sort();
    this.sortedSimilarities = all;
    this.low = all[0] ?? 0;
    this.high = all[all.length - 1] ?? 0;
  }

  /** Rank by vector (from 0) where the passage is among the nearest, else among the candidates. */
  private rankByVector(p: number, similarity: number): number {
    const rank = this.vectorRank.get(p);
    if (rank !== undefined) return rank;
    const sorted = this.sortedSimilarities;
    let from = 0;
    let to = sorted.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (sorted[middle]! <= similarity) from = middle + 1;
      else to = middle;
    }
    return Math.max(sorted.length - from, VECTOR_RANKED);
  }

  /** How many of the question's entities a passage mentions, each counted by its rarity. */
  private sharedEntities(p: number): number {
    const { known } = this.view.analysis;
    const { passageEntityStart, passageEntities } = this.view.index.lists;
    const end = passageEntityStart[p + 1]!;
    let share = 0;
    for (let k = 0; k < known.length; k++) {
      for (let i = passageEntityStart[p]!; i < end; i++) {
        if (passageEntities[i] === known[k]) {
          share += this.entityShare[k]!;
          break;
        }
      }
    }
    return share;
  }

  /** Idf of the title's terms that the question has. */
  private titleFound(p: number): number {
    const { scratch, analysis } = this.view;
    const { titleTermStart, titleTerms } = this.view.index.lists;
    const end = titleTermStart[p + 1]!;
    let found = 0;
    for (let i = titleTermStart[p]!; i < end; i++) {
      const j = scratch.termSlot[titleTerms[i]!]!;
      if (j !== 0) found += analysis.terms[j - 1]!.idf;
    }
    return found;
  }

  private bestSentence(p: number, slot: number): number {
    const { slots, index } = this.view;
    if ((slots.low[slot]! | slots.high[slot]!) === 0) return 0;
    const base = this.view.covered(slot);
    const rows = index.sentenceStart[p + 1]! - index.sentenceStart[p]!;
    let best = 0;
    for (let row = base; row < base + rows; row++) best = Math.max(best, slots.full[row]!);
    return best;
  }

  /** Makes the features of passages that have none, many at once. */
  prepare(passages: Uint32Array): void {
    const { view } = this;
    const { slots } = view;
    const fresh: number[] = [];
    for (let i = 0; i < passages.length; i++) {
      if ((slots.done[view.slotOf(passages[i]!)]! & FEATURED) === 0) fresh.push(passages[i]!);
    }
    for (let from = 0; from < fresh.length; from += FETCHED) {
      const some = Uint32Array.from(fresh.slice(from, from + FETCHED));
      fetchFeatures(view, some);
      view.fetchRows(some);
      for (let i = 0; i < some.length; i++) this.featuresOf(some[i]!);
    }
  }

  /** Where the features of a passage, those of `FIRST_FEATURES` in that order, stand in `slots.features`. */
  featuresOf(p: number): number {
    const { view } = this;
    const { index, analysis, slots } = view;
    const slot = view.slotOf(p);
    const at = slot * FIRST_FEATURES.length;
    if ((slots.done[slot]! & FEATURED) !== 0) return at;
    view.compared(slot);
    const found = this.titleFound(p);
    const own = slots.bm25[slot]! / view.best;
    const rank = view.scratch.walk[p]! / this.greatestRank;
    const similarity = slots.whole[slot]!;
    const vector = Math.min(1, Math.max(0, (similarity - this.low) / Math.max(this.high - this.low, 1e-9)));
    const sentence = this.bestSentence(p, slot);
    const out = slots.features;
    out[at] = own;
    out[at + 1] = 10 / (10 + Math.min(slot, view.ranked.ids.length));
    out[at + 2] = this.named.get(index.documentOf[p]!) ?? 0;
    out[at + 3] = found / Math.max(titleMass(index, view.scratch, p), 1e-6);
    out[at + 4] = found / analysis.mass;
    out[at + 5] = view.coverage(slot);
    out[at + 6] = sentence;
    out[at + 7] = this.sharedEntities(p);
    out[at + 8] = rank;
    out[at + 9] = Math.log10(Math.max(rank, 1e-5)) / 5 + 1;
    out[at + 10] = vector;
    out[at + 11] = 10 / (10 + this.rankByVector(p, similarity));
    out[at + 12] = 0.5 * own + 0.5 * vector;
    out[at + 13] = Math.max(0, slots.unnamed[slot]!);
    slots.done[slot]! |= FEATURED;
    return at;
  }
}
