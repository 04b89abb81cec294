/** Links of a partial index: which sentence names which document, folded as for a whole collection. */
import type { Lists } from '../index/invert.js';
import type { Claim } from '../ports/passage-search.js';

/** An alias of more documents than this links nowhere, as in the index of a whole collection. */
const MAX_HOMONYMS = 25;

/** Passage p has the links from start[p] to start[p + 1] of the arrays. */
export interface PartialLinks {
  readonly start: Uint32Array;
  readonly rows: Uint32Array;
  readonly documents: Uint32Array;
  readonly weights: Float32Array;
}

/** Mentions sorted by row and entity. */
interface Mentions {
  readonly mentions: Lists;
  readonly mentionEntities: Uint32Array;
}

interface LinkSources {
  /** Entities of the view by their numbers in the index. */
  readonly entities: readonly number[];
  readonly claims: ReadonlyMap<number, readonly Claim[]>;
  readonly documentOf: Uint32Array;
  readonly numberOf: ReadonlyMap<string, number>;
}

/** Documents that a mention of an entity names. */
interface Targets {
  readonly documents: readonly number[];
  readonly weights: readonly number[];
  /** Documents whose own name it is: in them it names no other. */
  readonly own: readonly number[];
}

function targetsOf({ entities, claims, numberOf }: LinkSources): (Targets | undefined)[] {
  return entities.map((entity) => {
    const claimed = claims.get(entity);
    if (claimed === undefined || claimed.length === 0 || claimed.length > MAX_HOMONYMS) return undefined;
    const documents = claimed.map(({ document }) => numberOf.get(document)!);
    return {
      documents,
      weights: claimed.map(({ weight }) => Math.fround(weight) / claimed.length),
      own: documents.filter((_, i) => claimed[i]!.weight >= 1),
    };
  });
}

export function foldLinks({ mentions, mentionEntities }: Mentions, sources: LinkSources): PartialLinks {
  const targets = targetsOf(sources);
  const count = mentions.start.length - 1;
  const start = new Uint32Array(count + 1);
  const rows: number[] = [];
  const documents: number[] = [];
  const weights: number[] = [];
  const named = new Map<number, number>();
  const flush = (row: number): void => {
    for (const document of [...named.keys()].sort((a, b) => a - b)) {
      rows.push(row);
      documents.push(document);
      weights.push(named.get(document)!);
    }
    named.clear();
  };
  for (let p = 0; p < count; p++) {
    const own = sources.documentOf[p]!;
    let row = -1;
    for (let i = mentions.start[p]!; i < mentions.start[p + 1]!; i++) {
      const target = targets[mentionEntities[i]!];
      if (target === undefined || target.own.includes(own)) continue;
      if (mentions.items[i] !== row) {
        if (named.size > 0) flush(row);
        row = mentions.items[i]!;
      }
      for (let t = 0; t < target.documents.length; t++) {
        const document = target.documents[t]!;
        const weight = target.weights[t]!;
        if (document !== own && weight > (named.get(document) ?? 0)) named.set(document, weight);
      }
    }
    if (named.size > 0) flush(row);
    start[p + 1] = rows.length;
  }
  return {
    start,
    rows: Uint32Array.from(rows),
    documents: Uint32Array.from(documents),
    weights: Float32Array.from(weights),
  };
}
