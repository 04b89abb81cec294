import type { SectionArrays } from './sections.js';

/** Lists behind the methods of the index, as they lie: item i owns [start[i], start[i + 1]) of the arrays beside it. */
export type IndexLists = Pick<
  SectionArrays,
  | 'sentenceTermStart'
  | 'sentenceTerms'
  | 'titleTermStart'
  | 'titleTerms'
  | 'entityPassageStart'
  | 'entityPassages'
  | 'passageEntityStart'
  | 'passageEntities'
  | 'mentionStart'
  | 'mentionRows'
  | 'mentionEntities'
  | 'linkStart'
  | 'linkRows'
  | 'linkDocuments'
  | 'linkWeights'
  | 'inLinkStart'
  | 'inLinkPassages'
  | 'inLinkRows'
  | 'inLinkWeights'
>;

/** Writes the dot products of sentence rows [from, to) with a query to `out` from `at` on. */
export type RowComparer = (from: number, to: number, out: Float64Array, at: number) => void;

/**
 * The RetrievalIndex: one compact, derived, rebuildable structure per collection and generation, in typed arrays.
 * It is a pure function of the collection's documents sorted by id, so any order of arrival, batch size or interruption
 * gives the same bytes. Passages are numbered in (document id, ordinal) order, so ties by number are ties by id.
 *
 * Sentence 0 of every passage stands for its title and context; sentences 1.. are those of its text.
 * Rows (of sentences and of vectors) are numbered over the whole collection: passage p owns rows
 * sentenceStart[p] .. sentenceStart[p + 1].
 */
export interface RetrievalIndex {
  readonly collection: string;
  readonly generation: number;
  readonly embedder: { readonly id: string; readonly dimensions: number };

  /** Passages that the index holds. */
  readonly passageCount: number;
  readonly documentCount: number;
  /** Passages of the collection, for statistics: more than `passageCount` where the index holds a neighbourhood only. */
  readonly totalPassages: number;
  /** Languages present, most passages first, ties by code. */
  readonly languages: readonly { readonly code: string; readonly passages: number }[];

  passageId(p: number): string;
  /** -1 when unknown. */
  passageNumber(id: string): number;
  documentId(d: number): string;
  documentNumber(id: string): number;
  /** Document of each passage. */
  readonly documentOf: Uint32Array;
  /** First passage of each document; length documentCount + 1. */
  readonly passageStart: Uint32Array;
  /** 1 = document enabled. */
  readonly enabled: Uint8Array;
  /** For loops that cannot afford a view a list; the same content as the methods give. */
  readonly lists: IndexLists;

  /** Length passageCount + 1. */
  readonly sentenceStart: Uint32Array;
  passageOfSentence(row: number): number;

  /** Term id, or -1. Terms are stems as made by `src/text`. */
  term(stem: string): number;
  readonly termCount: number;
  /** Passages holding the term. */
  df(term: number): number;
  /** Postings of a term, in passage order: field-weighted frequency is 3 x title + text + context. */
  postings(term: number): { readonly passages: Uint32Array; readonly frequency: Uint16Array };
  /** Field-weighted length of each passage in terms, and its mean. */
  readonly length: Float32Array;
  readonly meanLength: number;
  /** Distinct term ids of a sentence row, ascending. */
  sentenceTerms(row: number): Uint32Array;
  /** Distinct term ids of a passage's title, ascending. */
  titleTerms(p: number): Uint32Array;

  readonly entityCount: number;
  /** Entity number of a key, or -1. */
  entity(key: string): number;
  entityKey(e: number): string;
  /** Distinct passages that mention the entity, ascending. */
  passagesOfEntity(e: number): Uint32Array;
  /** Passages of the collection that mention the entity. */
  entityDf(e: number): number;
  /** Those of them that the index does not hold; 0 where it holds the whole collection. */
  unheld(e: number): number;
  /** Distinct entities that a passage mentions, ascending. */
  entitiesOf(p: number): Uint32Array;
  /** Mentions in a passage: parallel arrays sorted by (sentence row, entity), each pair once. */
  mentionsOf(p: number): { readonly rows: Uint32Array; readonly entities: Uint32Array };

  /** Documents that have the alias, ascending, with weights in 0..1; undefined when no document has it. */
  alias(key: string): { readonly documents: Uint32Array; readonly weights: Float32Array } | undefined;
  /** Links out of a passage: (sentence row that mentions, document named, weight = alias weight / number of documents with the alias). */
  linksFrom(p: number): { readonly rows: Uint32Array; readonly documents: Uint32Array; readonly weights: Float32Array };
  /** Links into a document: the passages and sentence rows that name it. */
  linksTo(d: number): { readonly passages: Uint32Array; readonly rows: Uint32Array; readonly weights: Float32Array };
  /** Number of links into a document from anywhere in the collection. */
  inLinks(d: number): number;
  /** Share of documents that another document names, 0..1. */
  readonly linkedShare: number;

  /** Told of each passage whose neighbourhood a ranking looks at, by an index that holds a neighbourhood only. */
  visit?(p: number): void;

  /** The k passages whose best sentence vector has the greatest dot product with `query`, ties by number; `allowed` bounds them (1 = in). */
  nearest(
    query: Float32Array,
    k: number,
    allowed?: Uint8Array,
  ): { readonly passages: Uint32Array; readonly scores: Float32Array };
  /**
   * Told of the passages whose rows are about to be compared, by an index in whose memory rows lie far apart: reading some of
   * each at once costs little more than waiting for one.
   */
  fetchRows?(passages: Uint32Array): void;
  /** Compares rows with one query many times; two that take turns cost no more than one. The query may change afterwards. */
  comparer(query: Float32Array): RowComparer;
  /** Greatest dot product of a passage's rows with `query`. */
  similarity(query: Float32Array, p: number): number;
  /** Dot product of one sentence row with `query`. */
  rowSimilarity(query: Float32Array, row: number): number;
}
