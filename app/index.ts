/** The library: `import { Hopwise } from 'hopwise'`. */
export type * from '../graph-schema/index.js';
export type { IngestProgress, IngestSummary } from '../ingest/index.js';
export type { Answer, AskEvent, Citation, Filter, LlmMode, PathStep, SearchResult } from '../queries/index.js';
export * from '../src/index.js';
export * from './hopwise.js';
