/** The lists of a partial index, laid out as those of a whole one; of sentences, the question's terms alone. */
import type { IndexLists } from '../index/retrieval-index.js';
import type { PartialNames } from './partial-names.js';
import type { PartialTerms } from './partial-terms.js';

export function listsOf(terms: PartialTerms, names: PartialNames): IndexLists {
  const { links } = names;
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
  };
}
