/** Entities, aliases and links of a partial index. */
import { invert, type Lists } from '../index/invert.js';
import type { Claim, SearchPassage } from '../ports/passage-search.js';
import type { PartialSources } from './partial-index.js';
import type { PassageMemo } from './passage-memo.js';

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
  readonly count: number;
  private readonly ofPassage: Lists;
  private readonly ofEntity: Lists;
  private readonly links = new Map<number, Links>();

  constructor(
    private readonly passages: readonly SearchPassage[],
    private readonly sources: PartialSources,
    private readonly memo: PassageMemo,
    private readonly at: PartialNumbers,
  ) {
    const start = new Uint32Array(passages.length + 1);
    const items: number[] = [];
    passages.forEach((passage, p) => {
      for (const entity of memo.namesOf(passage).entities) items.push(entity);
      start[p + 1] = items.length;
    });
    for (const { entity } of sources.names.values()) if (entity >= 0) memo.entity(entity);
    this.count = memo.entities.length;
    this.ofPassage = { start, items: Uint32Array.from(items) };
    this.ofEntity = invert(this.ofPassage, this.count);
  }

  entity(key: string): number {
    const entity = this.sources.names.get(key)?.entity ?? -1;
    return entity < 0 ? -1 : this.memo.entity(entity);
  }

  key(e: number): string {
    const entity = this.memo.entities[e]!;
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
    return Math.max(held, this.sources.entityDf.get(this.memo.entities[e]!) ?? held);
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
    const { rows, rowEntities } = this.memo.namesOf(this.passages[p]!);
    const base = this.at.sentenceStart[p]!;
    return { rows: rows.map((row) => base + row), entities: rowEntities };
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
      for (; i < rows.length && rows[i] === row; i++) this.addTargets(this.memo.entities[entities[i]!]!, own, named);
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
}

function groupOf({ start, items }: Lists, g: number): Uint32Array {
  return items.subarray(start[g]!, start[g + 1]!);
}
