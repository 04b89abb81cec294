/** Answers of the HTTP door as zod schemas, for the OpenAPI document. */
import { z } from 'zod';
import { metadataSchema } from './schemas.js';

const timingsSchema = z.record(z.string(), z.number()).openapi({
  description:
    'Milliseconds by step. `match` where the question was ranked on the index in memory, `read` where on the search of the store.',
});

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
      z.object({
        kind: z.enum(['question', 'entity', 'passage']),
        id: z.string(),
        label: z.string(),
        why: z.string(),
        from: z.string().optional().openapi({ description: 'Id of the step that it was reached from.' }),
      }),
    ),
    passages: z.array(passageSchema),
    warnings: z.array(z.string()),
    usage: z.object({
      promptTokens: z.number().int(),
      completionTokens: z.number().int(),
      model: z.string().optional(),
      estimated: z.boolean().optional(),
    }),
    timings: timingsSchema,
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
          .array(z.array(z.number().int()).length(2))
          .openapi({ description: 'Start and end, in characters of `text`, of words of the query.' }),
        tags: z.array(z.string()),
        metadata: metadataSchema,
      }),
    ),
    timings: timingsSchema,
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

export const documentDetailSchema = documentSchema
  .extend({
    text: z.string(),
    passageList: z.array(
      z.object({
        id: z.string(),
        documentId: z.string(),
        ordinal: z.number().int().openapi({ description: '0-based position in the document.' }),
        start: z.number().int(),
        end: z.number().int(),
        text: z.string(),
        context: z.string().openapi({ description: 'Headings above it; may be empty.' }),
        page: z.number().int().optional(),
        row: z.number().int().optional(),
      }),
    ),
  })
  .openapi('DocumentDetail');

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
    added: z.number().int(),
    unchanged: z.number().int(),
    updated: z.number().int(),
    deleted: z.number().int(),
    quarantined: z.array(quarantineSchema),
    seconds: z.number(),
  })
  .openapi('IngestSummary');

export const cypherResultSchema = z
  .object({
    columns: z.array(z.string()),
    generation: z.number().int().openapi({ description: 'Of the collection that the rows show.' }),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    rows: z.array(z.array(z.unknown())).openapi({
      description:
        'Values in the order of `columns`. A node is {kind: "node", id, labels, properties}, a relationship {kind: "relationship", type, from, to, properties}, a path {kind: "path", nodes, relationships}.',
    }),
  })
  .openapi('CypherResult');

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    remedy: z.string().optional(),
    field: z.string().optional().openapi({ description: 'What of the request it is about.' }),
    uri: z.string().optional().openapi({ description: 'The document it is about; also `line` and `page` of it.' }),
    line: z.number().int().optional(),
    page: z.number().int().optional(),
  })
  .openapi('Problem');

/** What was left out, and the counts of the collection, beside the problem. */
export const nothingStoredSchema = problemSchema
  .extend(ingestSummarySchema.shape)
  .openapi('NothingStored', { description: 'Every document was left out; `quarantined` says why.' });

export const collectionSchema = z
  .object({
    name: z.string(),
    generation: z.number().int(),
    embedder: z.object({ id: z.string(), dimensions: z.number().int() }),
    counts: z.record(z.string(), z.number().int()),
  })
  .openapi('Collection');
