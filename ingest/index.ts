/** The ingest side: sources in, contributions in the store, the index up to date. */
export { createExtractor, EXTRACTOR, type Extractor } from './extract/extractor.js';
export type { CurrentIndex, IngestContext } from './pipeline/context.js';
export { type DeleteOptions, deleteDocuments } from './pipeline/delete-documents.js';
export { ingest } from './pipeline/ingest.js';
export { type IngestChangesOptions, ingestChanges } from './pipeline/ingest-changes.js';
export type { IngestOptions } from './pipeline/options.js';
export { type ReembedOptions, reembed } from './pipeline/reembed.js';
export { setDocumentsEnabled } from './pipeline/set-documents-enabled.js';
export type { Source } from './read/reader.js';
export { DEFAULT_SPLIT, type SplitOptions } from './split/split.js';
export type { IngestProgress, IngestSummary, Quarantined } from './types.js';
export type { GivenFields } from './walk/source-ref.js';
export { type TextSourceOptions, textSource } from './walk/text-source.js';
export { rootUris, type SourceRef, type WalkOptions, type WalkPath, walk } from './walk/walk.js';
