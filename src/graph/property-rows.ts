/**
 * A document as rows of the property graph (graph-schema/property-graph.ts): pure, the same for the Neo4j store and the
 * Cypher lens. What is folded over documents, the nodes of entities and values, is in `node-fold.ts`.
 */
import {
  type EntityType,
  type Mention,
  type RelationEnd,
  relationType,
  type StatementType,
} from '../../graph-schema/index.js';
import type { StoredDocument } from '../ports/index.js';

/** A MENTIONS relationship, with an ABOUT beside it when `about`. */
export interface MentionRow {
  readonly passage: string;
  readonly key: string;
  readonly surface: string;
  readonly type: EntityType;
  /** Number of spans, or 1 when only the title or heading names the entity. */
  readonly count: number;
  /** Flat [start, end ...] in UTF-16 code units of the passage's text. */
  readonly spans: readonly number[];
  readonly about: boolean;
}

/** What a statement says of one of its ends. */
export type EndRow = Pick<RelationEnd, 'key' | 'surface'> & { readonly type: EntityType };

/** A statement: one relationship of type `type` from subject to object. */
export interface StatementRow {
  readonly type: StatementType;
  readonly subject: EndRow;
  readonly object: EndRow;
  readonly predicate: string;
  readonly passage: string;
  readonly document: string;
  /** Place among the statements of its passage, from 0. */
  readonly position: number;
  /** Evidence, in UTF-16 code units of the passage's text, as `end`. */
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
  readonly negated: boolean;
  readonly hedged: boolean;
  readonly extractor: string;
}

/** Properties of a Passage node but `collection`. */
export interface PassageRow {
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

/** Properties of a Document node but `collection`, `characters` and `generation`, which the store knows. */
export interface DocumentRow {
  readonly id: string;
  readonly uri: string;
  readonly source?: string;
  readonly title: string;
  readonly mediaType: string;
  readonly contentHash: string;
  readonly size: number;
  /** JSON, keys in order. */
  readonly metadata: string;
  readonly tags: readonly string[];
  readonly date?: string;
  readonly warnings: readonly string[];
  readonly enabled: boolean;
  readonly ingestedAt: string;
  readonly passages: number;
}

export interface PropertyRows {
  readonly document: DocumentRow;
  /** In document order; each but the last is followed by NEXT. */
  readonly passages: readonly PassageRow[];
  readonly mentions: readonly MentionRow[];
  readonly statements: readonly StatementRow[];
}

type Document = Omit<StoredDocument, 'text'>;

/** @param mentions folded mentions by passage id; passages without are left out or empty */
export function propertyRows(stored: Document, mentions: ReadonlyMap<string, readonly Mention[]>): PropertyRows {
  return {
    document: documentRow(stored.document, stored.passages.length),
    passages: stored.passages.map(({ passage }) => passageRow(passage)),
    mentions: stored.passages.flatMap(({ passage }) => mentionRows(passage.id, mentions.get(passage.id) ?? [])),
    statements: stored.passages.flatMap((bundle) => statementRows(bundle)),
  };
}

export function documentRow(document: Document['document'], passages: number): DocumentRow {
  const { id, uri, source, title, mediaType, contentHash, size, metadata, tags, date, ...rest } = document;
  const { warnings, enabled, ingestedAt } = rest;
  const keys = Object.keys(metadata).sort();
  return {
    id,
    uri,
    ...(source === undefined ? {} : { source }),
    title,
    mediaType,
    contentHash,
    size,
    // Object.fromEntries keeps a key `__proto__`, which an assignment would not.
    metadata: JSON.stringify(Object.fromEntries(keys.map((key) => [key, metadata[key]]))),
    tags,
    ...(date === undefined ? {} : { date }),
    warnings,
    enabled,
    ingestedAt,
    passages,
  };
}

export function passageRow(passage: Document['passages'][number]['passage']): PassageRow {
  const { id, documentId, ordinal, text, start, end, page, row, context } = passage;
  return {
    id,
    document: documentId,
    ordinal,
    text,
    start,
    end,
    ...(page === undefined ? {} : { page }),
    ...(row === undefined ? {} : { row }),
    context,
  };
}

export function mentionRows(passage: string, mentions: readonly Mention[]): MentionRow[] {
  return mentions.map(({ key, surface, type, spans, about }) => ({
    passage,
    key,
    surface,
    type,
    count: Math.max(1, spans.length),
    spans: spans.flat(),
    about,
  }));
}

export function statementRows({ passage, contribution }: Document['passages'][number]): StatementRow[] {
  return contribution.relations.map((relation, position) => ({
    type: relationType(relation.predicate, relation.negated),
    subject: endRow(relation.subject),
    object: endRow(relation.object),
    predicate: relation.predicate,
    passage: passage.id,
    document: passage.documentId,
    position,
    start: relation.evidence[0],
    end: relation.evidence[1],
    confidence: relation.confidence,
    negated: relation.negated,
    hedged: relation.hedged,
    extractor: contribution.extractor,
  }));
}

function endRow({ key, surface, type }: RelationEnd): EndRow {
  return { key, surface, type: type ?? 'other' };
}
