/**
 * The export: one JSON record a line, the same from every store (docs/data-model.md).
 *
 * 1. header: format, version, and `volatile`, all that is not compared (generation, times of ingestion and failure);
 * 2. the collection; then documents in id order, each followed by its passages in order (contribution, vectors and
 *    folded mentions in the passage's line); sources; failures; entities, which are derived; the end, with counts.
 *
 * Stores of equal content give equal bytes from line 2 on: fields have one order, metadata is sorted by key, numbers are
 * JSON's shortest exact form, vectors are base64 of their little-endian bytes.
 */
import { z } from 'zod';
import { ENTITY_TYPES } from '../../../graph-schema/index.js';

export const EXPORT_FORMAT = 'hopwise-export';
export const EXPORT_VERSION = 1;

const natural = z.number().int().nonnegative();
const id = z.string().regex(/^[!-~]{1,64}$/, 'must be an id');
const span = z.tuple([natural, natural]).refine(([start, end]) => start <= end, 'must not end before it starts');
const entityType = z.enum(ENTITY_TYPES);
const share = z.number().min(0).max(1);
const base64 = z.base64();

type MetadataFields = Record<string, string | number | boolean | string[]>;

/** Not z.record, which drops a key `__proto__` without a word. */
const metadata = z.custom<MetadataFields>(isMetadata, 'must be texts, numbers, booleans or lists of texts by key');

export const headerSchema = z.strictObject({
  format: z.literal(EXPORT_FORMAT),
  version: z.literal(EXPORT_VERSION),
  volatile: z.strictObject({
    generation: natural,
    /** Of each document, in id order. */
    ingestedAt: z.array(z.string()),
    /** Of each failure, in uri order. */
    failedAt: z.array(z.string()),
  }),
});

const embedder = z.strictObject({ id: z.string().min(1), dimensions: natural.min(1) });

const collectionSchema = z.strictObject({ kind: z.literal('collection'), name: z.string(), embedder });

const documentSchema = z.strictObject({
  kind: z.literal('document'),
  id,
  uri: z.string(),
  source: z.string().exactOptional(),
  title: z.string(),
  mediaType: z.string(),
  contentHash: z.string(),
  size: natural,
  metadata,
  tags: z.array(z.string()),
  date: z.string().exactOptional(),
  warnings: z.array(z.string()),
  enabled: z.boolean(),
  text: z.string(),
});

const relationEnd = z.strictObject({
  key: z.string(),
  surface: z.string(),
  span: span.exactOptional(),
  kind: z.enum(['entity', 'value']),
  type: entityType.exactOptional(),
});

const contribution = z.strictObject({
  extractor: z.string(),
  language: z.string(),
  sentences: z.array(natural).refine((flat) => flat.length % 2 === 0, 'must be pairs'),
  runs: z.array(z.strictObject({ span, type: entityType.exactOptional() })),
  aliases: z.array(
    z.strictObject({ key: z.string(), surface: z.string(), weight: share, type: entityType.exactOptional() }),
  ),
  relations: z.array(
    z.strictObject({
      subject: relationEnd,
      predicate: z.string(),
      object: relationEnd,
      evidence: span,
      confidence: share,
      negated: z.boolean(),
      hedged: z.boolean(),
    }),
  ),
});

const passageSchema = z.strictObject({
  kind: z.literal('passage'),
  id,
  documentId: id,
  ordinal: natural,
  start: natural,
  end: natural,
  text: z.string(),
  context: z.string(),
  page: natural.exactOptional(),
  row: natural.exactOptional(),
  contribution,
  vectors: z.strictObject({ dimensions: natural.min(1), scale: base64, rows: base64 }),
  mentions: z.array(
    z.strictObject({
      key: z.string(),
      surface: z.string(),
      type: entityType,
      spans: z.array(span),
      about: z.boolean(),
    }),
  ),
});

const sourceSchema = z.strictObject({ kind: z.literal('source'), uri: z.string(), contentHash: z.string() });

const failureSchema = z.strictObject({
  kind: z.literal('failure'),
  uri: z.string(),
  source: z.string().exactOptional(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  contentHash: z.string(),
});

const entitySchema = z.strictObject({
  kind: z.literal('entity'),
  key: z.string(),
  name: z.string(),
  type: entityType,
  surfaces: z.array(z.string()),
  mentions: natural,
  passages: natural,
  documents: natural,
});

const endSchema = z.strictObject({
  kind: z.literal('end'),
  counts: z.strictObject({
    documents: natural,
    passages: natural,
    entities: natural,
    relations: natural,
    mentions: natural,
    failures: natural,
  }),
});

/** Every line but the first. */
export const recordSchema = z.discriminatedUnion('kind', [
  collectionSchema,
  documentSchema,
  passageSchema,
  sourceSchema,
  failureSchema,
  entitySchema,
  endSchema,
]);

export type ExportHeader = z.infer<typeof headerSchema>;
export type ExportRecord = z.infer<typeof recordSchema>;
export type DocumentLine = z.infer<typeof documentSchema>;
export type PassageLine = z.infer<typeof passageSchema>;

function isMetadata(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (one: unknown) =>
      ['string', 'number', 'boolean'].includes(typeof one) ||
      (Array.isArray(one) && one.every((item) => typeof item === 'string')),
  );
}
