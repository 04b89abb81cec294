/**
 * A RetrievalIndex over the neighbourhood of one question: passages read from the store, with the statistics of the whole
 * collection. Passages are numbered in (document id, ordinal) order, so ties go as in an index of the whole collection.
 * What a ranking goes on from is noted, so that its neighbourhood can be read next.
 */
import type { IndexLists, RetrievalIndex, RowComparer } from '../index/retrieval-index.js';
import { TopPassages } from '../index/top-passages.js';
import type { Claim, NamedBy, SearchPassage, SearchStatistics } from '../ports/passage-search.js';
import { listsOf } from './partial-lists.js';
import { PartialNames } from './partial-names.js';
import { PartialTerms } from './partial-terms.js';
import type { PassageMemo } from './passage-memo.js';

export interface PartialSources {
  readonly statistics: SearchStatistics;
  readonly passages: readonly SearchPassage[];
  /** All visible passages of the collection are there. */
  readonly whole: boolean;
  /** What each key of the question names; a key that is not there names nothing. */
  readonly names: ReadonlyMap<string, NamedBy>;
  /** Passages of the collection that hold a term, by hash: of the question's terms and of all titles. */
  readonly terms: ReadonlyMap<number, number>;
  /** Passages of the collection that mention an entity; of those that are not there the passages at hand count. */
  readonly entityDf: ReadonlyMap<number, number>;
  /** Documents that have the entity's key as alias; entities that are not there make no links. */
  readonly claims: ReadonlyMap<number, readonly Claim[]>;
  readonly inLinks: ReadonlyMap<string, number>;
  /** Shared by the indexes of one question. Entities are numbered in the order that it was told of them. */
  readonly memo: PassageMemo;
}

export class PartialIndex implements RetrievalIndex {
  readonly collection: string;
  readonly generation: number;
  readonly embedder: { readonly id: string; readonly dimensions: number };
  readonly languages: SearchStatistics['languages'];
  readonly totalPassages: number;
  readonly linkedShare: number;
  readonly meanLength: number;
  readonly passageCount: number;
  readonly documentCount: number;
  readonly documentOf: Uint32Array;
  readonly passageStart: Uint32Array;
  readonly enabled: Uint8Array;
  readonly sentenceStart: Uint32Array;
  readonly length: Float32Array;
  /** In order of their numbers here. */
  readonly passages: readonly SearchPassage[];
  private readonly documents: readonly string[];
  private readonly documentNumbers: ReadonlyMap<string, number>;
  private readonly passageNumbers: ReadonlyMap<string, number>;
  private readonly terms: PartialTerms;
  private readonly names: PartialNames;
  private readonly memo: PassageMemo;
  private readonly visited = new Set<number>();
  private made: IndexLists | undefined;

  constructor(sources: PartialSources) {
    const { statistics, names, claims, memo } = sources;
    this.memo = memo;
    this.collection = statistics.collection;
    this.generation = statistics.generation;
    this.embedder = statistics.embedder;
    this.languages = statistics.languages;
    this.totalPassages = statistics.passages;
    this.meanLength = statistics.meanLength;
    this.linkedShare = statistics.linkedShare;
    this.passages = [...sources.passages].sort((a, b) =>
      a.document < b.document ? -1 : a.document > b.document ? 1 : a.ordinal - b.ordinal,
    );
    const ids = new Set(this.passages.map(({ document }) => document));
    for (const named of names.values()) for (const claim of named.claims) ids.add(claim.document);
    for (const list of claims.values()) for (const claim of list) ids.add(claim.document);
    this.documents = [...ids].sort();
    this.documentNumbers = new Map(this.documents.map((id, d) => [id, d]));
    this.passageNumbers = new Map(this.passages.map(({ id }, p) => [id, p]));
    this.passageCount = this.passages.length;
    this.documentCount = this.documents.length;
    this.documentOf = Uint32Array.from(this.passages, ({ document }) => this.documentNumbers.get(document)!);
    this.passageStart = new Uint32Array(this.documentCount + 1);
    for (const d of this.documentOf) this.passageStart[d + 1]!++;
    for (let d = 0; d < this.documentCount; d++) this.passageStart[d + 1]! += this.passageStart[d]!;
    this.enabled = new Uint8Array(this.documentCount).fill(1);
    this.sentenceStart = new Uint32Array(this.passageCount + 1);
    this.passages.forEach(({ terms }, p) => {
      this.sentenceStart[p + 1] = this.sentenceStart[p]! + terms.rowStart.length - 1;
    });
    this.length = Float32Array.from(this.passages, ({ length }) => length);
    this.terms = new PartialTerms(this.passages, sources.terms, memo);
    this.names = new PartialNames(this.passages, sources, memo, {
      documentOf: this.documentOf,
      sentenceStart: this.sentenceStart,
      numberOf: this.documentNumbers,
    });
  }

  visit(p: number): void {
    this.visited.add(p);
  }

  /** Passages that a ranking went on from, in order. */
  get visits(): readonly SearchPassage[] {
    return Array.from(this.visited, (p) => this.passages[p]!);
  }

  get lists(): IndexLists {
    this.made ??= listsOf(this.terms, this.names, this.documentCount);
    return this.made;
  }

  get termCount(): number {
    return this.terms.capacity;
  }
  get entityCount(): number {
    return this.names.count;
  }
  passageId(p: number): string {
    return this.passages[p]!.id;
  }
  passageNumber(id: string): number {
    return this.passageNumbers.get(id) ?? -1;
  }
  documentId(d: number): string {
    return this.documents[d]!;
  }
  documentNumber(id: string): number {
    return this.documentNumbers.get(id) ?? -1;
  }
  passageOfSentence(row: number): number {
    let low = 0;
    let high = this.passageCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.sentenceStart[middle]! <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
  term(stem: string): number {
    return this.terms.term(stem);
  }
  df(term: number): number {
    return this.terms.df(term);
  }
  postings(term: number): { readonly passages: Uint32Array; readonly frequency: Uint16Array } {
    return this.terms.postings(term);
  }
  sentenceTerms(row: number): Uint32Array {
    const p = this.passageOfSentence(row);
    return this.terms.ofRow(p, row - this.sentenceStart[p]!);
  }
  titleTerms(p: number): Uint32Array {
    return this.terms.ofTitle(p);
  }
  entity(key: string): number {
    return this.names.entity(key);
  }
  /** Empty for an entity whose key was not read. */
  entityKey(e: number): string {
    return this.names.key(e);
  }
  passagesOfEntity(e: number): Uint32Array {
    return this.names.passagesOf(e);
  }
  entityDf(e: number): number {
    return this.names.df(e);
  }
  unheld(e: number): number {
    return this.names.unheld(e);
  }
  entitiesOf(p: number): Uint32Array {
    return this.names.entitiesOf(p);
  }
  mentionsOf(p: number): { readonly rows: Uint32Array; readonly entities: Uint32Array } {
    return this.names.mentionsOf(p);
  }
  alias(key: string): { readonly documents: Uint32Array; readonly weights: Float32Array } | undefined {
    return this.names.alias(key);
  }
  linksFrom(p: number): {
    readonly rows: Uint32Array;
    readonly documents: Uint32Array;
    readonly weights: Float32Array;
  } {
    return this.names.linksFrom(p);
  }
  /** Of the passages at hand. */
  linksTo(d: number): { readonly passages: Uint32Array; readonly rows: Uint32Array; readonly weights: Float32Array } {
    return this.names.linksTo(d);
  }
  inLinks(d: number): number {
    return this.names.inLinks(d, this.documents[d]!);
  }

  nearest(
    query: Float32Array,
    k: number,
    allowed?: Uint8Array,
  ): { readonly passages: Uint32Array; readonly scores: Float32Array } {
    const top = new TopPassages(Math.min(k, this.passageCount));
    for (let p = 0; p < this.passageCount; p++) {
      if (allowed === undefined || allowed[p] === 1) top.offer(p, this.similarity(query, p));
    }
    const { passages, scores } = top.sorted();
    return { passages, scores: Float32Array.from(scores) };
  }

  comparer(query: Float32Array): RowComparer {
    const vector = query.slice();
    return (from, to, out, at) => {
      let p = this.passageOfSentence(from);
      for (let row = from; row < to; row++) {
        while (this.sentenceStart[p + 1]! <= row) p++;
        out[at + row - from] = this.memo.rowSimilarity(vector, this.passages[p]!, row - this.sentenceStart[p]!);
      }
    };
  }

  similarity(query: Float32Array, p: number): number {
    return this.memo.similarity(query, this.passages[p]!);
  }

  rowSimilarity(query: Float32Array, row: number): number {
    const p = this.passageOfSentence(row);
    return this.memo.rowSimilarity(query, this.passages[p]!, row - this.sentenceStart[p]!);
  }
}
