/** RetrievalIndex over typed arrays, in memory or read from a file section by section. */
import type { IndexHeader } from './index-header.js';
import type { IndexLists, RetrievalIndex, RowComparer } from './retrieval-index.js';
import { QUESTION_SECTIONS, type Sections } from './sections.js';
import { StringTable } from './string-table.js';
import { VectorSearch } from './vector-search.js';

export class ArrayIndex implements RetrievalIndex {
  readonly collection: string;
  readonly generation: number;
  readonly embedder: { readonly id: string; readonly dimensions: number };
  readonly languages: IndexHeader['languages'];
  readonly meanLength: number;
  readonly linkedShare: number;
  readonly passageCount: number;
  readonly documentCount: number;
  private readonly strings = new Map<string, StringTable>();
  private search: VectorSearch | undefined;
  private read: IndexLists | undefined;
  private documentOfRead: Uint32Array | undefined;
  private passageStartRead: Uint32Array | undefined;
  private sentenceStartRead: Uint32Array | undefined;

  constructor(
    readonly header: IndexHeader,
    readonly sections: Sections,
  ) {
    this.collection = header.collection;
    this.generation = header.generation;
    this.embedder = header.embedder;
    this.languages = header.languages;
    this.meanLength = header.meanLength;
    this.linkedShare = header.linkedShare;
    this.passageCount = sections.get('documentOf').length;
    this.documentCount = sections.get('passageStart').length - 1;
  }

  /** Reads all sections that questions need, so that damage shows now and not in the middle of an answer. */
  preload(): void {
    for (const name of QUESTION_SECTIONS) this.sections.get(name);
  }

  get totalPassages(): number {
    return this.passageCount;
  }
  get lists(): IndexLists {
    this.read ??= readLists(this.sections);
    return this.read;
  }
  get documentOf(): Uint32Array {
    this.documentOfRead ??= this.sections.get('documentOf');
    return this.documentOfRead;
  }
  get passageStart(): Uint32Array {
    this.passageStartRead ??= this.sections.get('passageStart');
    return this.passageStartRead;
  }
  get enabled(): Uint8Array {
    return this.sections.get('enabled');
  }
  get sentenceStart(): Uint32Array {
    this.sentenceStartRead ??= this.sections.get('sentenceStart');
    return this.sentenceStartRead;
  }
  get length(): Float32Array {
    return this.sections.get('length');
  }
  get termCount(): number {
    return this.sections.get('termOffsets').length - 1;
  }
  get entityCount(): number {
    return this.sections.get('entityOffsets').length - 1;
  }

  passageId(p: number): string {
    return this.table('passageId').at(p);
  }
  passageNumber(id: string): number {
    return this.table('passageId').find(id, this.sections.get('passageIdOrder'));
  }
  documentId(d: number): string {
    return this.table('documentId').at(d);
  }
  documentNumber(id: string): number {
    return this.table('documentId').find(id);
  }
  term(stem: string): number {
    return this.table('term').find(stem);
  }
  entity(key: string): number {
    return this.table('entity').find(key);
  }
  entityKey(e: number): string {
    return this.table('entity').at(e);
  }

  passageOfSentence(row: number): number {
    return groupOf(this.sentenceStart, row);
  }

  df(term: number): number {
    const start = this.sections.get('postingStart');
    return start[term + 1]! - start[term]!;
  }

  postings(term: number): { readonly passages: Uint32Array; readonly frequency: Uint16Array } {
    const start = this.sections.get('postingStart');
    const [from, to] = [start[term]!, start[term + 1]!];
    return {
      passages: this.sections.get('postingPassages').subarray(from, to),
      frequency: this.sections.get('postingFrequency').subarray(from, to),
    };
  }

  sentenceTerms(row: number): Uint32Array {
    const start = this.sections.get('sentenceTermStart');
    return this.sections.get('sentenceTerms').subarray(start[row]!, start[row + 1]!);
  }

  titleTerms(p: number): Uint32Array {
    const start = this.sections.get('titleTermStart');
    return this.sections.get('titleTerms').subarray(start[p]!, start[p + 1]!);
  }

  passagesOfEntity(e: number): Uint32Array {
    const start = this.sections.get('entityPassageStart');
    return this.sections.get('entityPassages').subarray(start[e]!, start[e + 1]!);
  }

  entityDf(e: number): number {
    const start = this.sections.get('entityPassageStart');
    return start[e + 1]! - start[e]!;
  }

  unheld(_e: number): number {
    return 0;
  }

  entitiesOf(p: number): Uint32Array {
    const start = this.sections.get('passageEntityStart');
    return this.sections.get('passageEntities').subarray(start[p]!, start[p + 1]!);
  }

  mentionsOf(p: number): { readonly rows: Uint32Array; readonly entities: Uint32Array } {
    const start = this.sections.get('mentionStart');
    const [from, to] = [start[p]!, start[p + 1]!];
    return {
      rows: this.sections.get('mentionRows').subarray(from, to),
      entities: this.sections.get('mentionEntities').subarray(from, to),
    };
  }

  alias(key: string): { readonly documents: Uint32Array; readonly weights: Float32Array } | undefined {
    const alias = this.table('alias').find(key);
    if (alias < 0) return undefined;
    const start = this.sections.get('aliasStart');
    const [from, to] = [start[alias]!, start[alias + 1]!];
    return {
      documents: this.sections.get('aliasDocuments').subarray(from, to),
      weights: this.sections.get('aliasWeights').subarray(from, to),
    };
  }

  linksFrom(p: number): {
    readonly rows: Uint32Array;
    readonly documents: Uint32Array;
    readonly weights: Float32Array;
  } {
    const start = this.sections.get('linkStart');
    const [from, to] = [start[p]!, start[p + 1]!];
    return {
      rows: this.sections.get('linkRows').subarray(from, to),
      documents: this.sections.get('linkDocuments').subarray(from, to),
      weights: this.sections.get('linkWeights').subarray(from, to),
    };
  }

  linksTo(d: number): { readonly passages: Uint32Array; readonly rows: Uint32Array; readonly weights: Float32Array } {
    const start = this.sections.get('inLinkStart');
    const [from, to] = [start[d]!, start[d + 1]!];
    return {
      passages: this.sections.get('inLinkPassages').subarray(from, to),
      rows: this.sections.get('inLinkRows').subarray(from, to),
      weights: this.sections.get('inLinkWeights').subarray(from, to),
    };
  }

  inLinks(d: number): number {
    const start = this.sections.get('inLinkStart');
    return start[d + 1]! - start[d]!;
  }

  nearest(
    query: Float32Array,
    k: number,
    allowed?: Uint8Array,
  ): { readonly passages: Uint32Array; readonly scores: Float32Array } {
    return this.vectors().nearest(query, k, allowed);
  }

  fetchRows(passages: Uint32Array): void {
    this.vectors().fetchRows(passages);
  }

  comparer(query: Float32Array): RowComparer {
    return this.vectors().comparer(query);
  }

  similarity(query: Float32Array, p: number): number {
    return this.vectors().similarity(query, p);
  }

  rowSimilarity(query: Float32Array, row: number): number {
    return this.vectors().rowSimilarity(query, row);
  }

  private vectors(): VectorSearch {
    this.search ??= new VectorSearch(this.sections, this.embedder.dimensions);
    return this.search;
  }

  private table(name: 'documentId' | 'passageId' | 'term' | 'entity' | 'alias'): StringTable {
    let table = this.strings.get(name);
    if (table === undefined) {
      table = new StringTable({
        bytes: this.sections.get(`${name}Bytes`),
        offsets: this.sections.get(`${name}Offsets`),
      });
      this.strings.set(name, table);
    }
    return table;
  }
}

function readLists(sections: Sections): IndexLists {
  return {
    sentenceTermStart: sections.get('sentenceTermStart'),
    sentenceTerms: sections.get('sentenceTerms'),
    titleTermStart: sections.get('titleTermStart'),
    titleTerms: sections.get('titleTerms'),
    entityPassageStart: sections.get('entityPassageStart'),
    entityPassages: sections.get('entityPassages'),
    passageEntityStart: sections.get('passageEntityStart'),
    passageEntities: sections.get('passageEntities'),
    mentionStart: sections.get('mentionStart'),
    mentionRows: sections.get('mentionRows'),
    mentionEntities: sections.get('mentionEntities'),
    linkStart: sections.get('linkStart'),
    linkRows: sections.get('linkRows'),
    linkDocuments: sections.get('linkDocuments'),
    linkWeights: sections.get('linkWeights'),
    inLinkStart: sections.get('inLinkStart'),
    inLinkPassages: sections.get('inLinkPassages'),
    inLinkRows: sections.get('inLinkRows'),
    inLinkWeights: sections.get('inLinkWeights'),
  };
}

/** Greatest g with start[g] <= item, over non-empty groups. */
function groupOf(start: Uint32Array, item: number): number {
  let low = 0;
  let high = start.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (start[middle]! <= item) low = middle;
    else high = middle - 1;
  }
  return low;
}
