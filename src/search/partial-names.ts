/** Entities, aliases and links of a partial index. */
import { invert, type Lists } from '../index/invert.js';
import type { SearchPassage } from '../ports/passage-search.js';
import { joinLists, listOf } from './joined-lists.js';
import type { PartialSources } from './partial-index.js';
import { foldLinks, type PartialLinks } from './partial-links.js';
import type { PassageMemo } from './passage-memo.js';

export interface PartialNumbers {
  readonly documentOf: Uint32Array;
  readonly sentenceStart: Uint32Array;
  readonly numberOf: ReadonlyMap<string, number>;
}

export class PartialNames {
  readonly count: number;
  readonly ofPassage: Lists;
  readonly ofEntity: Lists;
  /** Rows of mentions, and their entities at the same places. */
  readonly mentions: Lists;
  readonly mentionEntities: Uint32Array;
  private folded: PartialLinks | undefined;

  constructor(
    passages: readonly SearchPassage[],
    private readonly sources: PartialSources,
    private readonly memo: PassageMemo,
    private readonly at: PartialNumbers,
  ) {
    const known = passages.map((passage) => memo.of(passage));
    for (const { entity } of sources.names.values()) if (entity >= 0) memo.entity(entity);
    this.count = memo.entities.length;
    this.ofPassage = joinLists(known.map(({ entities }) => entities));
    this.ofEntity = invert(this.ofPassage, this.count);
    this.mentions = joinLists(
      known.map(({ mentionRows }) => mentionRows),
      (p) => at.sentenceStart[p]!,
    );
    this.mentionEntities = joinLists(known.map(({ mentionEntities }) => mentionEntities)).items;
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
    return listOf(this.ofEntity, e);
  }

  entitiesOf(p: number): Uint32Array {
    return listOf(this.ofPassage, p);
  }

  df(e: number): number {
    const held = this.ofEntity.start[e + 1]! - this.ofEntity.start[e]!;
    return Math.max(held, this.sources.entityDf.get(this.memo.entities[e]!) ?? held);
  }

  unheld(e: number): number {
    return this.sources.whole ? 0 : this.df(e) - (this.ofEntity.start[e + 1]! - this.ofEntity.start[e]!);
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
    const { start } = this.mentions;
    return { rows: listOf(this.mentions, p), entities: this.mentionEntities.subarray(start[p]!, start[p + 1]!) };
  }

  /** Of all passages. */
  get links(): PartialLinks {
    this.folded ??= foldLinks(this, {
      entities: this.memo.entities,
      claims: this.sources.claims,
      documentOf: this.at.documentOf,
      numberOf: this.at.numberOf,
    });
    return this.folded;
  }

  linksFrom(p: number): { rows: Uint32Array; documents: Uint32Array; weights: Float32Array } {
    const { start, rows, documents, weights } = this.links;
    const [from, to] = [start[p]!, start[p + 1]!];
    return {
      rows: rows.subarray(from, to),
      documents: documents.subarray(from, to),
      weights: weights.subarray(from, to),
    };
  }

  linksTo(d: number): { passages: Uint32Array; rows: Uint32Array; weights: Float32Array } {
    const { start, rows, documents, weights } = this.links;
    const passages: number[] = [];
    const places: number[] = [];
    for (let p = 0; p + 1 < start.length; p++) {
      for (let i = start[p]!; i < start[p + 1]!; i++) {
        if (documents[i] !== d) continue;
        passages.push(p);
        places.push(i);
      }
    }
    return {
      passages: Uint32Array.from(passages),
      rows: Uint32Array.from(places, (i) => rows[i]!),
      weights: Float32Array.from(places, (i) => weights[i]!),
    };
  }

  inLinks(d: number, id: string): number {
    const counted = this.sources.inLinks.get(id);
    if (counted !== undefined) return counted;
    let count = 0;
    for (const document of this.links.documents) if (document === d) count++;
    return count;
  }
}
