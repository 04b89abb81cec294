/** Links of the index: a sentence row of a passage names another document by one of its aliases. */
import { Uint32Column } from './columns.js';
import type { FoldedAliases } from './fold-aliases.js';
import type { FoldedMentions } from './fold-mentions.js';
import { invert } from './invert.js';
import type { SectionArrays } from './sections.js';

/** An alias of more documents than this links nowhere. */
const MAX_HOMONYMS = 25;

export type FoldedLinks = Pick<
  SectionArrays,
  | 'linkStart'
  | 'linkRows'
  | 'linkDocuments'
  | 'linkWeights'
  | 'inLinkStart'
  | 'inLinkPassages'
  | 'inLinkRows'
  | 'inLinkWeights'
>;

/** Where the fold of links reads names. */
export interface LinkSources {
  readonly mentions: FoldedMentions;
  readonly aliases: FoldedAliases;
  /** Alias of each entity, -1 when no document has its key as an alias. */
  readonly aliasOf: Int32Array;
  readonly documentOf: Uint32Array;
  readonly documentCount: number;
}

/** Folds links; the greatest weight counts when a row names a document twice. `linkedShare`: documents that another names. */
export function foldLinks(sources: LinkSources): { readonly sections: FoldedLinks; readonly linkedShare: number } {
  const { mentions, aliases, aliasOf, documentOf, documentCount } = sources;
  const passages = documentOf.length;
  const linkStart = new Uint32Array(passages + 1);
  const rows = new Uint32Column();
  const documents = new Uint32Column();
  const weights: number[] = [];
  const named = new Map<number, number>();
  for (let p = 0; p < passages; p++) {
    let i = mentions.mentionStart[p]!;
    const end = mentions.mentionStart[p + 1]!;
    while (i < end) {
      const row = mentions.mentionRows[i]!;
      named.clear();
      for (; i < end && mentions.mentionRows[i] === row; i++) {
        collectTargets(aliasOf[mentions.mentionEntities[i]!]!, documentOf[p]!, aliases, named);
      }
      for (const document of [...named.keys()].sort((a, b) => a - b)) {
        rows.push(row);
        documents.push(document);
        weights.push(named.get(document)!);
      }
    }
    linkStart[p + 1] = rows.length;
  }
  const linkRows = rows.copy();
  const linkDocuments = documents.copy();
  const linkWeights = Float32Array.from(weights);
  const inLinkRows = new Uint32Array(linkRows.length);
  const inLinkWeights = new Float32Array(linkRows.length);
  const inverse = invert({ start: linkStart, items: linkDocuments }, documentCount, (from, to) => {
    inLinkRows[to] = linkRows[from]!;
    inLinkWeights[to] = linkWeights[from]!;
  });
  let linked = 0;
  for (let d = 0; d < documentCount; d++) if (inverse.start[d + 1]! > inverse.start[d]!) linked++;
  return {
    linkedShare: documentCount === 0 ? 0 : linked / documentCount,
    sections: {
      linkStart,
      linkRows,
      linkDocuments,
      linkWeights,
      inLinkStart: inverse.start,
      inLinkPassages: inverse.items,
      inLinkRows,
      inLinkWeights,
    },
  };
}

/** Adds the documents that an alias names, unless it is the passage's own name or has too many bearers. */
function collectTargets(alias: number, own: number, aliases: FoldedAliases, named: Map<number, number>): void {
  if (alias < 0) return;
  const from = aliases.aliasStart[alias]!;
  const to = aliases.aliasStart[alias + 1]!;
  if (to - from > MAX_HOMONYMS) return;
  for (let i = from; i < to; i++) if (aliases.aliasDocuments[i] === own && aliases.aliasWeights[i]! >= 1) return;
  for (let i = from; i < to; i++) {
    const document = aliases.aliasDocuments[i]!;
    const weight = aliases.aliasWeights[i]! / (to - from);
    if (document !== own && weight > (named.get(document) ?? 0)) named.set(document, weight);
  }
}
