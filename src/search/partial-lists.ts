/** The lists of a partial index, laid out as those of a whole one. */
import type { IndexLists, RetrievalIndex } from '../index/retrieval-index.js';

type Part = Pick<
  RetrievalIndex,
  | 'passageCount'
  | 'entityCount'
  | 'sentenceStart'
  | 'sentenceTerms'
  | 'titleTerms'
  | 'passagesOfEntity'
  | 'entitiesOf'
  | 'mentionsOf'
  | 'linksFrom'
>;

function joined(lists: readonly Uint32Array[]): { start: Uint32Array; items: Uint32Array } {
  const start = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => {
    start[i + 1] = start[i]! + list.length;
  });
  const items = new Uint32Array(start[lists.length]!);
  lists.forEach((list, i) => {
    items.set(list, start[i]!);
  });
  return { start, items };
}

function each<T>(count: number, of: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => of(i));
}

export function listsOf(index: Part): IndexLists {
  const { passageCount, entityCount, sentenceStart } = index;
  const sentences = joined(each(sentenceStart[passageCount]!, (row) => index.sentenceTerms(row)));
  const titles = joined(each(passageCount, (p) => index.titleTerms(p)));
  const holders = joined(each(entityCount, (e) => index.passagesOfEntity(e)));
  const own = joined(each(passageCount, (p) => index.entitiesOf(p)));
  const mentions = each(passageCount, (p) => index.mentionsOf(p));
  const links = each(passageCount, (p) => index.linksFrom(p));
  const linkRows = joined(links.map(({ rows }) => rows));
  return {
    sentenceTermStart: sentences.start,
    sentenceTerms: sentences.items,
    titleTermStart: titles.start,
    titleTerms: titles.items,
    entityPassageStart: holders.start,
    entityPassages: holders.items,
    passageEntityStart: own.start,
    passageEntities: own.items,
    mentionStart: joined(mentions.map(({ rows }) => rows)).start,
    mentionRows: joined(mentions.map(({ rows }) => rows)).items,
    mentionEntities: joined(mentions.map(({ entities }) => entities)).items,
    linkStart: linkRows.start,
    linkRows: linkRows.items,
    linkDocuments: joined(links.map(({ documents }) => documents)).items,
    linkWeights: Float32Array.from(links.flatMap(({ weights }) => [...weights])),
  };
}
