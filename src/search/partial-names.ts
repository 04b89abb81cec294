/** Entities, aliases and links of a partial index. */
import { invert, type Lists } from '../index/invert.js';
import type { Claim, SearchPassage } from '../ports/passage-search.js';
import type { PartialSources } from './partial-index.js';

/** An alias of more documents than this links nowhere, as in the index of a whole collection. */
const MAX_HOMONYMS = 25;

interface Links {
  readonly rows: Uint32Array;
  readonly documents: Uint32Array;
  readonly weights: Float32Array;
}

export interface PartialNumbers {
  readonly documentOf: Uint32Array;
  readonly sentenceStart: Uint32Array;
  readonly numberOf: ReadonlyMap<string, number>;
}

export class PartialNames {
  private readonly numbers = new Map<number, number>();
  private readonly entities: number[] = [];
  private readonly ofPassage: Lists;
  private readonly ofEntity: Lists;
  private readonly links = new Map<number, Links>();

  constructor(
    private readonly passages: readonly SearchPassage[],
    private readonly sources: PartialSources,
    private readonly at: PartialNumbers,
  ) {
    const mentioned = new Set<number>();
    for (const { mentionEntities } of passages) for (const entity of mentionEntities) mentioned.add(entity);
    for (const { entity } of sources.names.values()) if (entity >= 0) mentioned.add(entity);
    const order = sources.entityOrder ?? [];
    for (const entity of order) if (mentioned.has(entity)) this.number(entity);
    for (const entity of [...mentioned].sort((a, b) => a - b)) this.number(entity);
    const start = new Uint32Array(passages.length + 1);
    const items: number[] = [];
    passages.forEach(({ mentionEntities }, p) => {
      const own = Uint32Array.from(new Set(mentionEntities), (entity) => this.numbers.get(entity)!).sort();
      for (const entity of own) items.push(entity);
      start[p + 1] = items.length;
    });
    this.ofPassage = { start, items: Uint32Array.from(items) };
    this.ofEntity = invert(this.ofPassage, this.entities.length);
  }

  get count(): number {
    return this.entities.length;
  }

  entity(key: string): number {
    const entity = this.sources.names.get(key)?.entity ?? -1;
    return entity < 0 ? -1 : this.numbers.get(entity)!;
  }

  key(e: number): string {
    const entity = this.entities[e]!;
    for (const [key, named] of this.sources.names) if (named.entity === entity) return key;
    return '';
  }

  passagesOf(e: number): Uint32Array {
    return groupOf(this.ofEntity, e);
  }

  entitiesOf(p: number): Uint32Array {
    return groupOf(this.ofPassage, p);
  }

  df(e: number): number {
    const held = this.passagesOf(e).length;
    return Math.max(held, this.sources.entityDf.get(this.entities[e]!) ?? held);
  }

  unheld(e: number): number {
    return this.sources.whole ? 0 : this.df(e) - this.passagesOf(e).length;
  }

  alias(key: string): { documents: Uint32Array; weights: Float32Array } | undefined {
    const claims = this.sources.names.get(key)?.claims ?? [];
    if (claims.length === 0) return undefined;
    return {
      documents: Uint32Array.from(claims, ({ document }) => this.at.numberOf.get(document)!),
      weights: Float32Array.from(claims, ({ weight }) => weight),
    };
  }

  mentionsOf(p: number): { rows: Uint32Array; entities: Uint32Array } {
    const { mentionRows, mentionEntities } = this.passages[p]!;
    const count = this.entities.length;
    const base = this.at.sentenceStart[p]!;
    // Row and entity in one number, so that sorting needs no objects.
    const pairs = Float64Array.from(mentionRows, (row, i) => row * count + this.numbers.get(mentionEntities[i]!)!);
    const sorted = pairs.sort().filter((pair, i) => i === 0 || pair !== pairs[i - 1]);
    return {
      rows: Uint32Array.from(sorted, (pair) => base + Math.floor(pair / count)),
      entities: Uint32Array.from(sorted, (pair) => pair % count),
    };
  }

  linksFrom(p: number): Links {
    let found = this.links.get(p);
    if (found === undefined) {
      found = this.foldLinks(p);
      this.links.set(p, found);
    }
    return found;
  }

  linksTo(d: number): { passages: Uint32Array; rows: Uint32Array; weights: Float32Array } {
    const passages: number[] = [];
    const rows: number[] = [];
    const weights: number[] = [];
    for (let p = 0; p < this.passages.length; p++) {
      const links = this.linksFrom(p);
      for (let i = 0; i < links.documents.length; i++) {
        if (links.documents[i] !== d) continue;
        passages.push(p);
        rows.push(links.rows[i]!);
        weights.push(links.weights[i]!);
      }
    }
    return {
      passages: Uint32Array.from(passages),
      rows: Uint32Array.from(rows),
      weights: Float32Array.from(weights),
    };
  }

  inLinks(d: number, id: string): number {
    const counted = this.sources.inLinks.get(id);
    return counted ?? this.linksTo(d).passages.length;
  }

  /** As the fold of links does it for a whole collection. */
  private foldLinks(p: number): Links {
    const { rows, entities } = this.mentionsOf(p);
    const own = this.at.documentOf[p]!;
    const linkRows: number[] = [];
    const documents: number[] = [];
    const weights: number[] = [];
    const named = new Map<number, number>();
    for (let i = 0; i < rows.length; ) {
      const row = rows[i]!;
      named.clear();
      for (; i < rows.length && rows[i] === row; i++) this.addTargets(this.entities[entities[i]!]!, own, named);
      for (const document of [...named.keys()].sort((a, b) => a - b)) {
        linkRows.push(row);
        documents.push(document);
        weights.push(named.get(document)!);
      }
    }
    return {
      rows: Uint32Array.from(linkRows),
      documents: Uint32Array.from(documents),
      weights: Float32Array.from(weights),
    };
  }

  private addTargets(entity: number, own: number, named: Map<number, number>): void {
    const claims: readonly Claim[] = this.sources.claims.get(entity) ?? [];
    if (claims.length === 0 || claims.length > MAX_HOMONYMS) return;
    const numbers = claims.map(({ document }) => this.at.numberOf.get(document)!);
    if (claims.some(({ weight }, i) => numbers[i] === own && weight >= 1)) return;
    claims.forEach((claim, i) => {
      const document = numbers[i]!;
      const weight = Math.fround(claim.weight) / claims.length;
      if (document !== own && weight > (named.get(document) ?? 0)) named.set(document, weight);
    });
  }

  private number(entity: number): void {
    if (this.numbers.has(entity)) return;
    this.numbers.set(entity, this.entities.length);
    this.entities.push(entity);
  }
}

function groupOf({ start, items }: Lists, g: number): Uint32Array {
  return items.subarray(start[g]!, start[g + 1]!);
}
