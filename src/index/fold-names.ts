/** Entities, aliases and links of the index: the fold of names over the whole collection. */
import { claimsOf, Gazetteer } from '../graph/gazetteer.js';
import type { PassageTable, TableDocument } from '../graph/passage-table.js';
import { type FoldedAliases, foldAliases } from './fold-aliases.js';
import { type FoldedLinks, foldLinks } from './fold-links.js';
import { type FoldedMentions, foldMentions } from './fold-mentions.js';

export type FoldedNames = FoldedMentions & FoldedAliases & FoldedLinks;

/** The gazetteer of documents. */
function gazetteerOf(table: PassageTable, documents: Iterable<TableDocument>): Gazetteer {
  const gazetteer = new Gazetteer(table.words);
  for (const { id, aliases } of documents) {
    for (const [key, claim] of claimsOf(aliases)) gazetteer.claim(key, id, claim);
  }
  return gazetteer;
}

/**
 * Folds the names of a table.
 * @param documents in index order
 * @param slots passages in index order
 * @param documentOf document of each passage
 */
export function foldNames(
  table: PassageTable,
  documents: readonly TableDocument[],
  slots: readonly number[],
  documentOf: Uint32Array,
  sentenceStart: Uint32Array,
): { readonly sections: FoldedNames; readonly linkedShare: number } {
  const gazetteer = gazetteerOf(table, documents);
  const mentions = foldMentions(table, gazetteer, slots, sentenceStart);
  const aliases = foldAliases(gazetteer, new Map(documents.map((document, d) => [document.id, d])));
  const links = foldLinks({
    mentions: mentions.sections,
    aliases: aliases.sections,
    aliasOf: Int32Array.from(mentions.keys, (key) => aliases.numbers.get(key) ?? -1),
    documentOf,
    documentCount: documents.length,
  });
  return { sections: { ...mentions.sections, ...aliases.sections, ...links.sections }, linkedShare: links.linkedShare };
}
