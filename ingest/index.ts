/** The ingest side: sources in, contributions in the store, the index up to date. */
export { createExtractor, EXTRACTOR, type Extractor } from './extract/extractor.js';
export type { IngestContext } from './pipeline/context.js';
export { deleteDocuments } from './pipeline/delete-documents.js';
export { ingest } from './pipeline/ingest.js';
export { ingestChanges } from './pipeline/ingest-changes.js';
export type { IngestOptions } from './pipeline/options.js';
export { reembed } from './pipeline/reembed.js';
export { setDocumentsEnabled } from './pipeline/set-documents-enabled.js';
export { tuneForIngest } from './tune-process.js';
export type { IngestProgress, IngestSummary, Quarantined } from './types.js';
export { type TextSourceOptions, textSource } from './walk/text-source.js';
export { rootUris, type SourceRef, type WalkPath, walk } from './walk/walk.js';
