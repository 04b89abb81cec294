/** Reads the neighbourhood of a question from the store, batch by batch, and makes an index of what was read so far. */
import { sortStrings } from '../../src/index/string-table.js';
import type { Claim, MatchTerm, SearchPassage, SearchView } from '../../src/ports/passage-search.js';
import { PartialIndex } from '../../src/search/partial-index.js';
import { PassageMemo } from '../../src/search/passage-memo.js';
import { termHash } from '../../src/search/term-hash.js';
import type { QuestionLookups } from './question-lookups.js';

export interface NeighbourhoodLimits {
  /** Visible passages up to which all are read, so that the ranking is that of a whole index. */
  readonly whole: number;
  /** Passages read for one question. */
  readonly passages: number;
  readonly byText: number;
  /** Passages found by text whose rank is known without reading them; they choose among those that share an entity. */
  readonly ranked: number;
  readonly byVector: number;
  /** Passages of an entity of the question; one of more is met by text and vectors only. */
  readonly byQuestionEntity: number;
  /** Passages of an entity that others share with what the ranking goes on from: the best by text, then the first. */
  readonly byBridge: number;
  /** Documents that the question names. */
  readonly named: number;
  /** Passages read of one document. */
  readonly ofDocument: number;
  /** Times that what the ranking goes on from is looked at, and its neighbourhood read. */
  readonly expansions: number;
}

export const NEIGHBOURHOOD: NeighbourhoodLimits = {
  whole: 400,
  passages: 6_000,
  byText: 300,
  ranked: 2_000,
  byVector: 100,
  byQuestionEntity: 150,
  byBridge: 8,
  named: 100,
  ofDocument: 48,
  expansions: 4,
};

/** Passages found by text, and documents named, that are taken for likely before anything is ranked. */
const LIKELY = 12;
/** As for bridges in `neighbourhood.ts`. */
const MOST_BRIDGED = 100;

export class NeighbourhoodReader {
  private readonly read = new Map<number, SearchPassage>();
  private readonly opened = new Set<string>();
  /** Passages whose neighbourhood was read. */
  private readonly closed = new Set<number>();
  private readonly entityDf = new Map<number, number>();
  private readonly claims = new Map<number, readonly Claim[]>();
  private readonly inLinks = new Map<string, number>();
  private readonly bridged = new Set<number>();
  /** Ranks by text, from 0. */
  private ranks: ReadonlyMap<number, number> = new Map();
  private readonly terms: readonly MatchTerm[];
  private readonly memo: PassageMemo;
  private whole = false;

  constructor(
    private readonly view: SearchView,
    private readonly lookups: QuestionLookups,
    private readonly limits: NeighbourhoodLimits,
  ) {
    this.terms = lookups.analysis.terms.map(({ stem, df }) => ({ stem, df }));
    // Sums over a sentence's terms run in the order of the stems, as in an index of the whole collection.
    this.memo = new PassageMemo(sortStrings(this.terms.map((term) => term.stem)).map(termHash));
    for (const { entity, df } of lookups.names.values()) if (entity >= 0) this.entityDf.set(entity, df);
  }

  /** Candidates by text, vector and names, or everything when that is little. */
  async start(vector: Float32Array): Promise<void> {
    const { view, limits, lookups } = this;
    const all = view.statistics.visible <= limits.whole ? await view.all(limits.whole) : undefined;
    if (all !== undefined) {
      this.whole = true;
      await this.add(all);
      await this.learnClaims([...this.entityDf.keys()]);
      return;
    }
    const entities = this.questionEntities();
    const ranked = await view.matching(this.terms, Math.max(limits.ranked, limits.byText));
    this.ranks = new Map(ranked.map((number, rank) => [number, rank]));
    const text = ranked.slice(0, limits.byText);
    const near = await view.nearest(vector, limits.byVector);
    const mentioning = await view.mentioning(entities, limits.byQuestionEntity);
    await this.add([...text, ...near, ...[...mentioning.values()].flat()]);
    const named = new Set<string>();
    for (const { key } of lookups.analysis.entities) {
      for (const { document } of lookups.names.get(key)?.claims ?? []) named.add(document);
    }
    const documents = [...named].sort().slice(0, limits.named);
    await this.open(documents);
    // The ranking mostly goes on from these, which spares a run of it.
    const titled = new Set(documents.slice(0, LIKELY));
    const likely = new Set(text.slice(0, LIKELY));
    await this.expand([...this.read.values()].filter((p) => likely.has(p.number) || titled.has(p.document)));
  }

  /** Reads what the passages lead to; false when all of it was read before. */
  async expand(passages: readonly SearchPassage[]): Promise<boolean> {
    const fresh = passages.filter(({ number }) => !this.closed.has(number));
    if (this.whole || fresh.length === 0) return false;
    for (const { number } of fresh) this.closed.add(number);
    const before = this.read.size;
    const entities = distinct(fresh.flatMap(({ mentionEntities }) => mentionEntities));
    await this.learnClaims(entities);
    const documents = fresh.map(({ document }) => document);
    for (const entity of entities) {
      const claims = this.claims.get(entity) ?? [];
      if (claims.length <= 25) for (const { document } of claims) documents.push(document);
    }
    await this.open(distinct(documents));
    const asked = new Set(this.questionEntities());
    const bridges = entities.filter((entity) => {
      const df = this.entityDf.get(entity) ?? 0;
      return df >= 2 && df <= MOST_BRIDGED && !asked.has(entity) && !this.bridged.has(entity);
    });
    for (const entity of bridges) this.bridged.add(entity);
    const mentioning = await this.view.mentioning(bridges, MOST_BRIDGED);
    await this.add([...mentioning.values()].flatMap((passages) => this.bestByText(passages)));
    return this.read.size > before;
  }

  /** What a bridge brings in: the scorer goes on to three of its passages, those that cover most of the question. */
  private bestByText(passages: readonly number[]): readonly number[] {
    const { byBridge } = this.limits;
    if (passages.length <= byBridge) return passages;
    const last = this.ranks.size;
    const rank = (passage: number): number => this.ranks.get(passage) ?? last;
    // A stable sort: those that text does not find stay in the store's order.
    return [...passages].sort((a, b) => rank(a) - rank(b)).slice(0, byBridge);
  }

  /** An index of what was read so far. */
  async index(): Promise<PartialIndex> {
    const { view, lookups } = this;
    const passages = [...this.read.values()];
    if (this.whole) await this.numberByKey(passages);
    await this.learnTitles(passages);
    const ids = distinct([...this.claims.values()].flatMap((claims) => claims.map(({ document }) => document)));
    const unknown = ids.filter((id) => !this.inLinks.has(id));
    if (!this.whole) for (const [id, count] of await view.inLinks(unknown)) this.inLinks.set(id, count);
    return new PartialIndex({
      statistics: view.statistics,
      passages,
      whole: this.whole,
      names: lookups.names,
      terms: lookups.terms,
      entityDf: this.entityDf,
      claims: this.claims,
      inLinks: this.inLinks,
      memo: this.memo,
    });
  }

  private questionEntities(): number[] {
    const { analysis, names } = this.lookups;
    return distinct(analysis.entities.map(({ key }) => names.get(key)?.entity ?? -1).filter((entity) => entity >= 0));
  }

  /** Reads passages, as far as the limit allows. */
  private async add(numbers: readonly number[]): Promise<void> {
    const { limits, view } = this;
    const room = this.whole ? Number.POSITIVE_INFINITY : limits.passages - this.read.size;
    const missing = distinct(numbers).filter((number) => !this.read.has(number));
    const loaded = await view.load(missing.slice(0, Math.max(0, room)));
    for (const passage of loaded) this.read.set(passage.number, passage);
    const entities = distinct(loaded.flatMap(({ mentionEntities }) => mentionEntities));
    const unknown = entities.filter((entity) => !this.entityDf.has(entity));
    if (unknown.length > 0) {
      const found = await view.entityFrequencies(unknown);
      for (const entity of unknown) this.entityDf.set(entity, found.get(entity) ?? 0);
    }
  }

  /** Reads the passages of documents, once each. */
  private async open(documents: readonly string[]): Promise<void> {
    const fresh = documents.filter((document) => !this.opened.has(document));
    for (const document of fresh) this.opened.add(document);
    if (fresh.length === 0) return;
    const found = await this.view.ofDocuments(fresh, this.limits.ofDocument, this.terms);
    await this.add([...found.values()].flat());
  }

  private async learnClaims(entities: readonly number[]): Promise<void> {
    const unknown = entities.filter((entity) => !this.claims.has(entity));
    if (unknown.length === 0) return;
    const found = await this.view.claims(unknown);
    for (const entity of unknown) this.claims.set(entity, found.get(entity) ?? []);
  }

  private async learnTitles(passages: readonly SearchPassage[]): Promise<void> {
    const { terms } = this.lookups;
    const unknown = new Set<number>();
    for (const { terms: own } of passages) {
      for (const at of own.title) if (!terms.has(own.hashes[at]!)) unknown.add(own.hashes[at]!);
    }
    const hashes = [...unknown];
    const found = await this.view.frequencies(hashes);
    hashes.forEach((hash, i) => {
      terms.set(hash, found[i]!);
    });
  }

  /** Numbers the entities in the order of an index of the whole collection: by the bytes of their keys. */
  private async numberByKey(passages: readonly SearchPassage[]): Promise<void> {
    const entities = distinct(passages.flatMap(({ mentionEntities }) => mentionEntities));
    const keys = await this.view.keys(entities);
    const ordered = [...keys].map(([entity, key]) => ({ entity, bytes: Buffer.from(key, 'utf8') }));
    ordered.sort((a, b) => Buffer.compare(a.bytes, b.bytes));
    for (const { entity } of ordered) this.memo.entity(entity);
  }
}

const distinct = <T>(items: Iterable<T>): T[] => [...new Set(items)];
