/** Requests and answers of the HTTP door as zod schemas; the OpenAPI document is made from them. */
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

extendZodWithOpenApi(z);

const bound = z.union([z.number(), z.string()]);

export const filterSchema = z
  .strictObject({
    documents: z.array(z.string()).max(1_000).optional().openapi({ description: 'Document ids or uris.' }),
    tags: z.array(z.string()).max(100).optional().openapi({ description: 'The document has every one of these tags.' }),
    metadata: z
      .record(
        z.string(),
        z.union([
          z.string(),
          z.number(),
          z.boolean(),
          z.strictObject({ gte: bound.optional(), lte: bound.optional() }),
        ]),
      )
      .optional()
      .openapi({ description: 'Equality, or a range by gte and lte, per metadata field.' }),
    dateFrom: z.string().optional().openapi({ description: 'Inclusive, ISO 8601 or a prefix such as 2024-05.' }),
    dateTo: z.string().optional(),
  })
  .openapi('Filter');

const collection = z
  .string()
  .max(64)
  .optional()
  .openapi({ description: 'Default: the collection the server was started with.' });

export const askSchema = z
  .strictObject({
    question: z.string().min(1),
    collection,
    k: z.number().int().min(1).optional().openapi({ description: 'Passages returned. Default 8.' }),
    filter: filterSchema.optional(),
    llm: z.enum(['off', 'fallback', 'required']).optional().openapi({
      description:
        'off: extractive answer. fallback (default where a model is configured): extractive when the model fails. required: an error then.',
    }),
    stream: z.boolean().optional().openapi({ description: 'Server-sent events: text pieces, then the answer object.' }),
  })
  .openapi('AskRequest');

export const searchSchema = z
  .strictObject({
    query: z.string().min(1),
    collection,
    k: z.number().int().min(1).optional(),
    filter: filterSchema.optional(),
  })
  .openapi('SearchRequest');

const metadataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

export const textUploadSchema = z
  .strictObject({
    collection,
    documents: z
      .array(
        z.strictObject({
          uri: z.string().min(1).max(2_000),
          text: z.string(),
          title: z.string().optional(),
          mediaType: z.enum(['text/plain', 'text/markdown', 'text/html']).default('text/plain'),
          metadata: metadataSchema.optional(),
          tags: z.array(z.string()).optional(),
        }),
      )
      .min(1)
      .max(1_000),
  })
  .openapi('TextUpload');

export const citationSchema = z
  .object({
    n: z.number().int(),
    documentId: z.string(),
    uri: z.string(),
    title: z.string(),
    page: z.number().int().optional(),
    start: z.number().int(),
    end: z.number().int(),
    quote: z.string().openapi({ description: "Exactly characters start..end of the document's text." }),
  })
  .openapi('Citation');

const passageSchema = z
  .object({
    id: z.string(),
    documentId: z.string(),
    start: z.number().int(),
    end: z.number().int(),
    score: z.number(),
    text: z.string(),
  })
  .openapi('Passage');

export const answerSchema = z
  .object({
    question: z.string(),
    answer: z.string(),
    span: z.string().optional(),
    abstained: z.boolean(),
    confidence: z.number().min(0).max(1),
    citations: z.array(citationSchema),
    path: z.array(
      z.object({ kind: z.enum(['question', 'entity', 'passage']), id: z.string(), label: z.string(), why: z.string() }),
    ),
    passages: z.array(passageSchema),
    warnings: z.array(z.string()),
    usage: z.object({
      promptTokens: z.number().int(),
      completionTokens: z.number().int(),
      model: z.string().optional(),
      estimated: z.boolean().optional(),
    }),
    timings: z.record(z.string(), z.number()),
  })
  .openapi('Answer');

export const searchResultSchema = z
  .object({
    query: z.string(),
    hits: z.array(
      z.object({
        id: z.string(),
        documentId: z.string(),
        uri: z.string(),
        title: z.string(),
        page: z.number().int().optional(),
        context: z.string(),
        start: z.number().int(),
        end: z.number().int(),
        score: z.number(),
        text: z.string(),
        highlights: z
          .array(z.tuple([z.number().int(), z.number().int()]))
          .openapi({ description: 'Characters of `text` that are words of the query.' }),
        tags: z.array(z.string()),
        metadata: metadataSchema,
      }),
    ),
    timings: z.record(z.string(), z.number()),
  })
  .openapi('SearchResult');

export const documentSchema = z
  .object({
    id: z.string(),
    uri: z.string(),
    title: z.string(),
    mediaType: z.string(),
    size: z.number().int(),
    passages: z.number().int(),
    characters: z.number().int(),
    enabled: z.boolean(),
    date: z.string().optional(),
    tags: z.array(z.string()),
    metadata: metadataSchema,
    ingestedAt: z.string(),
  })
  .openapi('Document');

export const quarantineSchema = z.object({
  uri: z.string(),
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
});

export const ingestSummarySchema = z
  .object({
    documents: z.number().int(),
    passages: z.number().int(),
    entities: z.number().int(),
    relations: z.number().int(),
    unchanged: z.number().int(),
    updated: z.number().int(),
    deleted: z.number().int(),
    quarantined: z.array(quarantineSchema),
    seconds: z.number(),
  })
  .openapi('IngestSummary');

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    remedy: z.string().optional(),
  })
  .openapi('Problem');

export const collectionSchema = z
  .object({
    name: z.string(),
    generation: z.number().int(),
    embedder: z.object({ id: z.string(), dimensions: z.number().int() }),
    counts: z.record(z.string(), z.number().int()),
  })
  .openapi('Collection');
