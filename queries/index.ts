/** The query side's public face: ask, search, filters, the ranker, and the types of their answers. */
export { type AskEvent, type AskOptions, ask, askStream, type LlmMode } from './ask.js';
export { DEFAULT_K } from './check-question.js';
export {
  answerGraph,
  entityByKey,
  findEntity,
  neighbourhoodGraph,
  type PageParts,
  type Picture,
  renderGexf,
  renderGraphml,
  renderHtml,
  renderSvg,
} from './graph/index.js';
export { parseFilter, parseValue } from './parse-filter.js';
export {
  type BookQuery,
  bookParams,
  findBookQuery,
  readQueryBook,
} from './query-book.js';
export type { QueryContext } from './query-context.js';
export { loadRanker, type Ranker } from './retrieve/ranker.js';
export { type SearchHit, type SearchResult, search } from './search.js';
export { RETRIEVAL_SOURCES, type RetrievalSource, type SourceOptions } from './store-search/source.js';
export type { Answer, AnswerPassage, Citation, Filter, PathStep } from './types.js';
