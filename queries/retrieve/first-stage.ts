/** Stage 1: candidates from BM25, vectors, names, PageRank and links, and the features of a passage by itself. */
import type { NamedEntity } from './analyse-question.js';
import { FIRST_FEATURES } from './features.js';
import { personalisedPageRank } from './page-rank.js';
import type { QuestionView } from './question-view.js';
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
  private readonly features = new Map<number, Float64Array>();
  private readonly named = new Map<number, number>();
  private readonly bm25Rank = new Map<number, number>();
  private readonly vectorRank = new Map<number, number>();
  private readonly pagerank = new Map<number, number>();
  private readonly entityShare = new Map<number, number>();
  private readonly documents = new Map<number, readonly number[]>();
  private readonly similarities = new Map<number, number>();
  private readonly likenesses = new Map<number, number>();
  private readonly vector: Float32Array;
  private greatestRank = 1;
  private low = 0;
  private high = 0;
  private sortedSimilarities = new Float64Array(0);

  constructor(private readonly view: QuestionView) {
    this.vector = view.vectors.whole;
    view.ranked.ids.forEach((p, rank) => {
      this.bm25Rank.set(p, rank);
    });
    this.nameDocuments(view.analysis.entities);
    this.shareEntities();
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

  private shareEntities(): void {
    const { index, analysis } = this.view;
    for (const entity of analysis.known) {
      const passages = index.passagesOfEntity(entity);
      const share = 1 / Math.log2(2 + passages.length) / Math.max(1, analysis.known.length);
      for (let i = 0; i < passages.length; i++) {
        const p = passages[i]!;
        this.entityShare.set(p, (this.entityShare.get(p) ?? 0) + share);
      }
    }
  }

  private collect(): Uint32Array {
    const { view } = this;
    const { index } = view;
    const found = new Set<number>();
    const { ids } = view.ranked;
    for (let i = 0; i < Math.min(BM25_CANDIDATES, ids.length); i++) found.add(ids[i]!);

    const nearest = index.nearest(this.vector, VECTOR_RANKED, view.visible);
    nearest.passages.forEach((p, rank) => {
      this.vectorRank.set(p, rank);
      this.similarities.set(p, nearest.scores[rank]!);
      if (rank < VECTOR_CANDIDATES) found.add(p);
    });

    const byName = [...this.named.keys()].sort((a, b) => a - b).flatMap((d) => this.passagesOf(d));
    for (const p of byName.slice(0, NAMED_CANDIDATES)) found.add(p);

    const push = personalisedPageRank(view);
    const central = new TopK(PAGERANK_CANDIDATES);
    push.passages.forEach((p, i) => {
      this.pagerank.set(p, push.mass[i]!);
      central.offer(p, push.mass[i]!);
    });
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

  private similarity(p: number): number {
    let found = this.similarities.get(p);
    if (found === undefined) {
      found = this.view.index.similarity(this.vector, p);
      this.similarities.set(p, found);
    }
    return found;
  }

  /** Compares passages with one vector after the other: the index prepares for a vector at each change of it. */
  compare(passages: Uint32Array): void {
    const { index, vectors } = this.view;
    for (const p of passages) this.similarity(p);
    for (const p of passages) {
      if (!this.likenesses.has(p)) this.likenesses.set(p, index.similarity(vectors.unnamed, p));
    }
  }

  private normaliseVectors(): void {
    this.compare(this.candidates);
    const all = Float64Array.from(this.candidates, (p) => this.similarity(p)).sort();
    this.sortedSimilarities = all;
    this.low = all[0] ?? 0;
    this.high = all[all.length - 1] ?? 0;
  }

  /** Vector score of a passage in 0..1, and its rank (from 0) where it is among the nearest, else among the candidates. */
  private vectorScore(p: number): { score: number; rank: number } {
    const similarity = this.similarity(p);
    const score = Math.min(1, Math.max(0, (similarity - this.low) / Math.max(this.high - this.low, 1e-9)));
    let rank = this.vectorRank.get(p);
    if (rank === undefined) {
      const sorted = this.sortedSimilarities;
      let from = 0;
      let to = sorted.length;
      while (from < to) {
        const middle = (from + to) >>> 1;
        if (sorted[middle]! <= similarity) from = middle + 1;
        else to = middle;
      }
      rank = Math.max(sorted.length - from, VECTOR_RANKED);
    }
    return { score, rank };
  }

  /** The features of `FIRST_FEATURES` for a passage, in that order. */
  featuresOf(p: number): Float64Array {
    let out = this.features.get(p);
    if (out !== undefined) return out;
    const { view } = this;
    const { index, analysis, scratch } = view;
    const slot = view.slotOf(p);
    let titleFound = 0;
    const title = index.titleTerms(p);
    for (let i = 0; i < title.length; i++) {
      const j = scratch.termSlot[title[i]!]!;
      if (j !== 0) titleFound += analysis.terms[j - 1]!.idf;
    }
    let sentence = 0;
    if ((view.low[slot]! | view.high[slot]!) !== 0) {
      for (let row = index.sentenceStart[p]!; row < index.sentenceStart[p + 1]!; row++) {
        sentence = Math.max(sentence, view.sentence(row).full);
      }
    }
    const own = view.bm25[slot]! / view.best;
    const rank = (this.pagerank.get(p) ?? 0) / this.greatestRank;
    const vector = this.vectorScore(p);
    out = new Float64Array(FIRST_FEATURES.length);
    out[0] = own;
    out[1] = 10 / (10 + (this.bm25Rank.get(p) ?? view.ranked.ids.length));
    out[2] = this.named.get(index.documentOf[p]!) ?? 0;
    out[3] = titleFound / Math.max(view.titleMass(p), 1e-6);
    out[4] = titleFound / analysis.mass;
    out[5] = view.coverage(slot);
    out[6] = sentence;
    out[7] = this.entityShare.get(p) ?? 0;
    out[8] = rank;
    out[9] = Math.log10(Math.max(rank, 1e-5)) / 5 + 1;
    out[10] = vector.score;
    out[11] = 10 / (10 + vector.rank);
    out[12] = 0.5 * own + 0.5 * vector.score;
    out[13] = Math.max(0, this.likenesses.get(p) ?? index.similarity(view.vectors.unnamed, p));
    this.features.set(p, out);
    return out;
  }
}
