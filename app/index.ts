/** The library: `import { Hopwise } from 'hopwise'`. */
export type * from '../graph-schema/index.js';
export type { IngestProgress, IngestSummary, Quarantined } from '../ingest/index.js';
export type {
  Answer,
  AnswerPassage,
  AskEvent,
  Citation,
  Filter,
  LlmMode,
  PathStep,
  SearchHit,
  SearchResult,
} from '../queries/index.js';
export * from '../src/index.js';
export * from './hopwise.js';
export type * from './options.js';
