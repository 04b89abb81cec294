/** Properties of nodes and how they become records. */
import type {
  DocumentRecord,
  EntityType,
  Mention,
  Metadata,
  PassageRecord,
  Span,
} from '../../../graph-schema/index.js';
import type { DocumentRow } from '../../graph/property-rows.js';
import type { CollectionInfo, DocumentSummary, EntityView, Failure, SourceRecord } from '../../ports/index.js';

export interface CollectionProperties {
  readonly name: string;
  readonly generation: number;
  readonly embedder: string;
  readonly dimensions: number;
  readonly documents: number;
  readonly passages: number;
  readonly entities: number;
  readonly relations: number;
  readonly mentions: number;
  readonly failures: number;
}

export function toCollectionInfo(row: CollectionProperties): CollectionInfo {
  const { name, generation, embedder, dimensions, documents, passages, entities, relations, mentions, failures } = row;
  return {
    name,
    embedder: { id: embedder, dimensions },
    generation,
    counts: { documents, passages, entities, relations, mentions, failures },
  };
}

export interface DocumentProperties extends DocumentRow {
  /** Absent unless the uri is too long for an index. */
  readonly full?: string;
  readonly fullSource?: string;
  readonly characters: number;
  readonly generation: number;
}

export function toDocumentRecord(row: DocumentProperties): DocumentRecord {
  const source = row.fullSource ?? row.source;
  return {
    id: row.id,
    uri: row.full ?? row.uri,
    ...(source === undefined ? {} : { source }),
    title: row.title,
    mediaType: row.mediaType,
    contentHash: row.contentHash,
    size: row.size,
    metadata: JSON.parse(row.metadata) as Metadata,
    tags: row.tags,
    ...(row.date === undefined ? {} : { date: row.date }),
    warnings: row.warnings,
    enabled: row.enabled,
    ingestedAt: row.ingestedAt,
  };
}

export function toDocumentSummary(row: DocumentProperties): DocumentSummary {
  return { document: toDocumentRecord(row), passages: row.passages, characters: row.characters };
}

export interface PassageProperties {
  readonly id: string;
  readonly document: string;
  readonly ordinal: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly page?: number;
  readonly row?: number;
  readonly context: string;
}

export function toPassageRecord(row: PassageProperties): PassageRecord {
  return {
    id: row.id,
    documentId: row.document,
    ordinal: row.ordinal,
    start: row.start,
    end: row.end,
    text: row.text,
    context: row.context,
    ...(row.page === undefined ? {} : { page: row.page }),
    ...(row.row === undefined ? {} : { row: row.row }),
  };
}

export function toMention(
  key: string,
  surface: string,
  type: EntityType,
  flat: readonly number[],
  about: boolean,
): Mention {
  const spans: Span[] = [];
  for (let i = 0; i + 1 < flat.length; i += 2) spans.push([flat[i]!, flat[i + 1]!]);
  return { key, surface, type, spans, about };
}

export function toEntityView(row: EntityView): EntityView {
  const { key, name, type, surfaces, mentions, passages, documents } = row;
  return { key, name, type, surfaces, mentions, passages, documents };
}

/** A failure's record is JSON of what nothing looks for. */
type FailureJson = Omit<Failure, 'uri' | 'failedAt'>;

export function failureJson({ source, code, message, remedy, contentHash }: Failure): string {
  const json: FailureJson = { ...(source === undefined ? {} : { source }), code, message, remedy, contentHash };
  return JSON.stringify(json);
}

export function toFailure(row: { readonly uri: string; readonly record: string; readonly failedAt: string }): Failure {
  return { uri: row.uri, ...(JSON.parse(row.record) as FailureJson), failedAt: row.failedAt };
}

export function toSourceRecord({ uri, contentHash }: SourceRecord): SourceRecord {
  return { uri, contentHash };
}
