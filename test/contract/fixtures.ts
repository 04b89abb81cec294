/** Small documents as the pipeline would store them, spelled out by what a test cares about. */
import {
  type Alias,
  contentHash,
  documentId,
  type EntityType,
  type Mention,
  type Metadata,
  passageId,
  type Relation,
  type Span,
} from '../../graph-schema/index.js';
import type { PassageBundle, QuantisedVectors, StoredDocument, WriteBatch } from '../../src/ports/index.js';

export const EMBEDDER = { id: 'test/4', dimensions: 4 };

export interface MentionSpec {
  readonly key: string;
  readonly surface?: string;
  readonly type?: EntityType;
  readonly spans?: readonly Span[];
  readonly about?: boolean;
}

export interface PassageSpec {
  readonly text: string;
  readonly context?: string;
  readonly page?: number;
  readonly row?: number;
  readonly language?: string;
  readonly mentions?: readonly (string | MentionSpec)[];
  readonly relations?: readonly Relation[];
  readonly aliases?: readonly Alias[];
}

export interface DocumentSpec {
  readonly uri: string;
  readonly source?: string;
  readonly title?: string;
  readonly metadata?: Metadata;
  readonly tags?: readonly string[];
  readonly date?: string;
  readonly enabled?: boolean;
  readonly ingestedAt?: string;
  readonly warnings?: readonly string[];
  readonly passages: readonly (string | PassageSpec)[];
}

export interface Made {
  readonly stored: StoredDocument;
  readonly mentions: ReadonlyMap<string, readonly Mention[]>;
}

const GAP = '\n\n';

export function made(collection: string, spec: DocumentSpec): Made {
  const id = documentId(collection, spec.uri);
  const specs = spec.passages.map((passage) => (typeof passage === 'string' ? { text: passage } : passage));
  const text = specs.map((passage) => passage.text).join(GAP);
  const mentions = new Map<string, readonly Mention[]>();
  let start = 0;
  const passages = specs.map((passage, ordinal) => {
    const bundle = bundleOf(id, ordinal, start, passage);
    start += passage.text.length + GAP.length;
    mentions.set(
      bundle.passage.id,
      (passage.mentions ?? []).map((mention) => mentionOf(mention, passage.text)),
    );
    return bundle;
  });
  return {
    mentions,
    stored: {
      text,
      passages,
      document: {
        id,
        uri: spec.uri,
        ...(spec.source === undefined ? {} : { source: spec.source }),
        title: spec.title ?? spec.uri,
        mediaType: 'text/plain',
        contentHash: contentHash(text),
        size: Buffer.byteLength(text),
        metadata: spec.metadata ?? {},
        tags: spec.tags ?? [],
        ...(spec.date === undefined ? {} : { date: spec.date }),
        enabled: spec.enabled ?? true,
        ingestedAt: spec.ingestedAt ?? '2026-01-01T00:00:00.000Z',
        warnings: spec.warnings ?? [],
      },
    },
  };
}

/** One batch that puts the documents, with their mentions; `rest` adds to it or replaces parts. */
export function put(documents: readonly Made[], rest: Partial<WriteBatch> = {}): WriteBatch {
  return {
    put: documents.map(({ stored }) => stored),
    remove: [],
    mentions: new Map(documents.flatMap(({ mentions }) => [...mentions])),
    ...rest,
  };
}

export function remove(...ids: readonly string[]): WriteBatch {
  return { put: [], remove: ids, mentions: new Map() };
}

/** "subject predicate object" as a relation of two entities, without spans of its ends. */
export function relation(subject: string, predicate: string, object: string, confidence = 0.5): Relation {
  return {
    subject: { key: subject, surface: subject.toUpperCase(), kind: 'entity', type: 'person' },
    predicate,
    object: { key: object, surface: object.toUpperCase(), kind: 'entity' },
    evidence: [0, 1],
    confidence,
    negated: false,
    hedged: false,
  };
}

/** Rows that differ from text to text; exact in float32 and int8. */
export function vectorsOf(text: string, dimensions = EMBEDDER.dimensions): QuantisedVectors {
  const bytes = Buffer.from(contentHash(text), 'hex');
  const rows = new Int8Array(2 * dimensions);
  for (let i = 0; i < rows.length; i++) rows[i] = bytes[i % bytes.length]! - 128;
  return { dimensions, scale: Float32Array.of(Math.fround(0.1), Math.fround(bytes[0]! / 7)), rows };
}

function bundleOf(documentId: string, ordinal: number, start: number, spec: PassageSpec): PassageBundle {
  const { text, context = '' } = spec;
  const id = passageId(documentId, ordinal, context, text);
  return {
    passage: {
      id,
      documentId,
      ordinal,
      start,
      end: start + text.length,
      text,
      context,
      ...(spec.page === undefined ? {} : { page: spec.page }),
      ...(spec.row === undefined ? {} : { row: spec.row }),
    },
    contribution: {
      passageId: id,
      extractor: 'rules/1',
      language: spec.language ?? 'en',
      sentences: [0, text.length],
      runs: text.length < 2 ? [] : [{ span: [0, 1], type: 'person' }, { span: [1, 2] }],
      aliases: spec.aliases ?? [],
      relations: spec.relations ?? [],
    },
    vectors: vectorsOf(text),
  };
}

function mentionOf(spec: string | MentionSpec, text: string): Mention {
  const { key, surface, type, spans, about } = typeof spec === 'string' ? { key: spec } : { ...spec };
  return {
    key,
    surface: surface ?? key,
    type: type ?? 'other',
    spans: spans ?? (text === '' ? [] : [[0, 1]]),
    about: about ?? false,
  };
}
