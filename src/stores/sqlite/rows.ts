/** Rows of the schema and how they become records. */
import type { DocumentRecord, EntityType, PassageRecord } from '../../../graph-schema/index.js';
import { ENTITY_TYPES } from '../../../graph-schema/index.js';
import type { CollectionInfo, DocumentSummary, Failure, SourceRecord } from '../../ports/index.js';
import type { DocumentContent } from '../transfer/canonical-document.js';
import { fromOrderedColumn, fromTextColumn, type TextColumn } from './text-column.js';

export interface CollectionRow {
  readonly id: number;
  readonly name: Uint8Array;
  readonly embedder: TextColumn;
  readonly dimensions: number;
  readonly generation: number;
  readonly log_start: number;
  readonly documents: number;
  readonly passages: number;
  readonly entities: number;
  readonly relations: number;
  readonly mentions: number;
  readonly failures: number;
}

export function toCollectionInfo(row: CollectionRow): CollectionInfo {
  const { documents, passages, entities, relations, mentions, failures } = row;
  return {
    name: fromOrderedColumn(row.name),
    embedder: { id: fromTextColumn(row.embedder), dimensions: row.dimensions },
    generation: row.generation,
    counts: { documents, passages, entities, relations, mentions, failures },
  };
}

export const DOCUMENT_COLUMNS =
  'd.id, d.public_id, d.uri, d.source, d.record, d.enabled, d.ingested_at, d.passages, d.characters';

export interface DocumentRow {
  readonly id: number;
  readonly public_id: string;
  readonly uri: Uint8Array;
  readonly source: Uint8Array | null;
  readonly record: string;
  readonly enabled: number;
  readonly ingested_at: TextColumn;
  readonly passages: number;
  readonly characters: number;
}

export function toDocumentRecord(row: DocumentRow): DocumentRecord {
  return {
    id: row.public_id,
    uri: fromOrderedColumn(row.uri),
    ...(row.source === null ? {} : { source: fromOrderedColumn(row.source) }),
    ...(JSON.parse(row.record) as DocumentContent),
    enabled: row.enabled === 1,
    ingestedAt: fromTextColumn(row.ingested_at),
  };
}

export function toDocumentSummary(row: DocumentRow): DocumentSummary {
  return { document: toDocumentRecord(row), passages: row.passages, characters: row.characters };
}

export const PASSAGE_COLUMNS = 'p.id, p.public_id, p.ordinal, p.start, p."end", p.page, p."row", p.context, p.text';

export interface PassageRow {
  readonly id: number;
  readonly public_id: string;
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly row: number | null;
  readonly context: TextColumn;
  readonly text: TextColumn;
}

export function toPassageRecord(row: PassageRow, documentId: string): PassageRecord {
  return {
    id: row.public_id,
    documentId,
    ordinal: row.ordinal,
    start: row.start,
    end: row.end,
    text: fromTextColumn(row.text),
    context: fromTextColumn(row.context),
    ...(row.page === null ? {} : { page: row.page }),
    ...(row.row === null ? {} : { row: row.row }),
  };
}

/** Types are stored by their position in ENTITY_TYPES, whose order must therefore never change. */
export function codeOfType(type: EntityType): number {
  return ENTITY_TYPES.indexOf(type);
}

export function typeOfCode(code: number): EntityType {
  return ENTITY_TYPES[code] ?? 'other';
}

export interface SourceRow {
  readonly uri: Uint8Array;
  readonly content_hash: TextColumn;
}

export function toSourceRecord(row: SourceRow): SourceRecord {
  return { uri: fromOrderedColumn(row.uri), contentHash: fromTextColumn(row.content_hash) };
}

export interface FailureRow {
  readonly uri: Uint8Array;
  readonly record: string;
  readonly failed_at: TextColumn;
}

type FailureJson = Omit<Failure, 'uri' | 'failedAt'>;

export function failureJson({ source, code, message, remedy, contentHash }: Failure): string {
  const json: FailureJson = { ...(source === undefined ? {} : { source }), code, message, remedy, contentHash };
  return JSON.stringify(json);
}

export function toFailure(row: FailureRow): Failure {
  return {
    uri: fromOrderedColumn(row.uri),
    ...(JSON.parse(row.record) as FailureJson),
    failedAt: fromTextColumn(row.failed_at),
  };
}
