/** Requests of the HTTP door as zod schemas; the OpenAPI document is made from them. */
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { ENTITY_TYPES } from '../../graph-schema/index.js';
import { DEFAULT_K, parseFilter, RETRIEVAL_SOURCES } from '../../queries/index.js';
import { commaList } from '../comma-list.js';
import { collectionNameSchema } from '../settings.js';

extendZodWithOpenApi(z);

const KEYS = 'The names `__proto__`, `constructor` and `prototype` are refused.';

function isDate(text: string): boolean {
  try {
    return parseFilter({ from: text }).dateFrom === text;
  } catch {
    return false;
  }
}

const date = z.string().refine(isDate, 'must be an ISO 8601 date or a prefix of one: 2024, 2024-05 or 2024-05-17');

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
      .openapi({ description: `Equality, or a range by gte and lte, per metadata field. ${KEYS}` }),
    dateFrom: date
      .optional()
      .openapi({ description: 'Inclusive, ISO 8601 or a prefix such as 2024-05.', example: '2024-05' }),
    dateTo: date.optional().openapi({ description: 'As dateFrom.', example: '2024-05-17' }),
  })
  .openapi('Filter');

// The generator writes a pattern with its flags behind it, which is none in JSON Schema; zod itself does not.
const { pattern = '' } = z.toJSONSchema(collectionNameSchema);
const collectionName = collectionNameSchema
  .describe('1 to 64 letters, digits, dots, dashes or underscores, the first a letter or digit.')
  .openapi({ pattern });

const collection = collectionName
  .optional()
  .openapi({ description: 'Default: the collection the server was started with.' });

export const collectionQuery = z.strictObject({ collection });

export const collectionParameters = z.strictObject({ name: collectionName });

export const listQuery = z.strictObject({
  collection,
  after: z.string().optional().openapi({ description: '`next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

export const graphQuery = z.strictObject({
  about: z.string().min(1).max(2_000).openapi({ description: 'Name of an entity, or a question.' }),
  collection,
  format: z.enum(['svg', 'html', 'graphml', 'gexf']).default('svg'),
  hops: z.coerce.number().int().min(1).max(5).optional().openapi({ description: 'Steps from the entity. Default 1.' }),
  limit: z.coerce.number().int().min(2).optional().openapi({ description: 'Nodes shown at most. Default 40.' }),
  types: z
    .string()
    .transform(commaList)
    .pipe(z.array(z.enum(ENTITY_TYPES)).min(1))
    .optional()
    .openapi({
      type: 'string',
      pattern: `^(${ENTITY_TYPES.join('|')})(,(${ENTITY_TYPES.join('|')}))*$`,
      description: `Only neighbours of these types, of ${ENTITY_TYPES.join(', ')}, by comma.`,
    }),
});

const passageCount = z
  .number()
  .int()
  .min(1)
  .optional()
  .openapi({ description: `Passages returned. Default ${DEFAULT_K}.` });

const source = z.enum(RETRIEVAL_SOURCES).optional().openapi({
  description:
    "memory: ranked on the index in memory. store: on the store's own search. Default: by the size of the collection.",
});

export const askSchema = z
  .strictObject({
    question: z.string().min(1),
    collection,
    k: passageCount,
    filter: filterSchema.optional(),
    source,
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
    k: passageCount,
    filter: filterSchema.optional(),
    source,
  })
  .openapi('SearchRequest');

export const cypherSchema = z
  .strictObject({
    cypher: z.string().min(1).openapi({
      description: 'One statement that reads.',
      example: 'MATCH (e:Entity) RETURN e.name, e.mentions ORDER BY e.mentions DESC LIMIT 10',
    }),
    collection,
    params: z
      .record(z.string(), z.unknown())
      .optional()
      .openapi({ description: `Values of $name; any JSON. $collection is set by the server. ${KEYS}` }),
    limit: z.number().int().min(1).optional().openapi({ description: 'Rows at most. Default 1000.' }),
    timeoutMs: z.number().int().min(1).optional().openapi({ description: 'Milliseconds at most.' }),
    engine: z.enum(['store', 'lens']).optional().openapi({
      description:
        'store (default): the store itself where it runs Cypher (Neo4j). lens: a graph derived from the collection alone.',
    }),
  })
  .openapi('CypherRequest');

/** Metadata of a document. */
export const metadataSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]));

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
          metadata: metadataSchema.optional().openapi({ description: KEYS }),
          tags: z.array(z.string()).optional(),
        }),
      )
      .min(1)
      .max(1_000),
  })
  .openapi('TextUpload');

export const uploadFormSchema = z
  .object({
    files: z.array(z.string().openapi({ format: 'binary' })).min(1),
    collection,
    tags: z.string().optional().openapi({ description: 'Comma-separated.' }),
    metadata: z
      .string()
      .optional()
      .openapi({ description: `A JSON object as in TextUpload, put on every file. ${KEYS}`, example: '{"year":1931}' }),
  })
  .openapi('UploadForm');
