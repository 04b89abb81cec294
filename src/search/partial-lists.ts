/** The lists of a partial index, laid out as those of a whole one; of sentences, the question's terms alone. */
import { invert } from '../index/invert.js';
import type { IndexLists } from '../index/retrieval-index.js';
import type { PartialNames } from './partial-names.js';
import type { PartialTerms } from './partial-terms.js';

export function listsOf(terms: PartialTerms, names: PartialNames, documentCount: number): IndexLists {
  const { links } = names;
  const inLinkRows = new Uint32Array(links.documents.length);
  const inLinkWeights = new Float32Array(links.documents.length);
  const inLinks = invert({ start: links.start, items: links.documents }, documentCount, (from, to) => {
    inLinkRows[to] = links.rows[from]!;
    inLinkWeights[to] = links.weights[from]!;
  });
  return {
    sentenceTermStart: terms.sentences.start,
    sentenceTerms: terms.sentences.items,
    titleTermStart: terms.titles.start,
    titleTerms: terms.titles.items,
    entityPassageStart: names.ofEntity.start,
    entityPassages: names.ofEntity.items,
    passageEntityStart: names.ofPassage.start,
    passageEntities: names.ofPassage.items,
    mentionStart: names.mentions.start,
    mentionRows: names.mentions.items,
    mentionEntities: names.mentionEntities,
    linkStart: links.start,
    linkRows: links.rows,
    linkDocuments: links.documents,
    linkWeights: links.weights,
    inLinkStart: inLinks.start,
    inLinkPassages: inLinks.items,
    inLinkRows,
    inLinkWeights,
  };
}
