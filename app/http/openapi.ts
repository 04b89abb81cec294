/** The OpenAPI 3.1 document, made from the zod schemas. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { Limits } from '../../src/index.js';
import {
  answerSchema,
  collectionSchema,
  cypherResultSchema,
  documentDetailSchema,
  documentSchema,
  ingestSummarySchema,
  nothingStoredSchema,
  problemSchema,
  searchResultSchema,
} from './answer-schemas.js';
import {
  askSchema,
  collectionParameters,
  collectionQuery,
  cypherSchema,
  graphQuery,
  listQuery,
  searchSchema,
  textUploadSchema,
  uploadFormSchema,
} from './schemas.js';

const json = <S extends z.ZodType>(schema: S) => ({ 'application/json': { schema } });

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** Writes into the schemas of requests what this server's limits allow. */
function stateLimits(document: Document, limits: Limits): Document {
  const bounds: Readonly<Record<string, Readonly<Record<string, object>>>> = {
    AskRequest: { question: { maxLength: limits.maxQuestionChars }, k: { maximum: limits.maxK } },
    SearchRequest: { query: { maxLength: limits.maxQuestionChars }, k: { maximum: limits.maxK } },
    CypherRequest: {
      cypher: { maxLength: limits.maxCypherChars },
      limit: { maximum: limits.maxCypherRows },
      timeoutMs: { maximum: limits.maxCypherMs },
    },
  };
  for (const [name, fields] of Object.entries(bounds)) {
    const schema = document.components?.schemas?.[name];
    if (schema === undefined || !('properties' in schema)) continue;
    for (const [field, bound] of Object.entries(fields)) Object.assign(schema.properties?.[field] ?? {}, bound);
  }
  return document;
}

/** Makes the document; `version` is the package's, `limits` are the server's. */
export function openApiDocument(version: string, limits: Limits): Document {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  const failure = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: problemSchema } },
  });
  const failures = {
    400: failure('The request cannot be used'),
    401: failure('A key is needed'),
    404: failure('Not found'),
    413: failure('Over a limit'),
    429: failure('Too many requests'),
    503: failure('BUSY (with Retry-After), TIMED_OUT, or SHUTTING_DOWN (with Connection: close)'),
  };
  const noJson = { 415: failure('The body is no JSON') };
  const security = [{ [bearer.name]: [] }, {}];
  const id = z.object({
    id: z.string().openapi({ param: { name: 'id', in: 'path' }, description: 'Id, or the uri percent-encoded.' }),
  });

  registry.registerPath({
    method: 'post',
    path: '/v1/ask',
    summary: 'Answer a question, cited, with the path through the graph',
    security,
    request: { body: { content: json(askSchema), required: true } },
    responses: {
      200: {
        description:
          'The answer; with `stream` server-sent events: `text` pieces, `restart` when what came so far is withdrawn, at last `answer`, or `problem` with a Problem when it fails, runs out of time or the server shuts down.',
        content: { ...json(answerSchema), 'text/event-stream': { schema: z.string() } },
      },
      ...failures,
      ...noJson,
      502: failure('The model endpoint failed'),
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/v1/search',
    summary: 'Rank passages',
    security,
    request: { body: { content: json(searchSchema), required: true } },
    responses: {
      200: { description: 'Passages, best first', content: json(searchResultSchema) },
      ...failures,
      ...noJson,
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/v1/cypher',
    summary: 'Explore the graph with Cypher, read-only',
    security,
    request: { body: { content: json(cypherSchema), required: true } },
    responses: {
      200: {
        description:
          'Rows. As application/x-ndjson, when Accept asks for it, they are streamed: a line {columns, generation}, an array a row, at last {rows, warnings}, or {problem} when the statement fails on the way.',
        content: { ...json(cypherResultSchema), 'application/x-ndjson': { schema: z.string() } },
      },
      ...failures,
      ...noJson,
      403: failure('Cypher is switched off'),
      422: failure('The statement was ended at a limit of time, memory or size'),
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/v1/graph',
    summary: 'Draw the neighbourhood of an entity, or the path of an answer',
    security,
    request: { query: graphQuery },
    responses: {
      200: {
        description: 'The picture; format html is a page of its own that shows the evidence of every line.',
        content: Object.fromEntries(
          ['image/svg+xml', 'text/html', 'application/graphml+xml', 'application/gexf+xml'].map((type) => [
            type,
            { schema: z.string() },
          ]),
        ),
      },
      ...failures,
    },
  });
  registry.registerPath({
    method: 'post',
    path: '/v1/documents',
    summary: 'Add or replace documents, by upload or by text',
    security,
    request: {
      body: {
        required: true,
        content: {
          ...json(textUploadSchema),
          'multipart/form-data': {
            schema: uploadFormSchema,
          },
        },
      },
    },
    responses: {
      200: { description: 'Nothing changed', content: json(ingestSummarySchema) },
      201: { description: 'Stored', content: json(ingestSummarySchema) },
      ...failures,
      409: failure('Another writer holds the store'),
      415: failure('The body is neither JSON nor a form'),
      422: {
        description: 'Every document was left out',
        content: { 'application/problem+json': { schema: nothingStoredSchema } },
      },
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/v1/documents',
    summary: 'List documents by uri',
    security,
    request: {
      query: listQuery,
    },
    responses: {
      200: {
        description: 'A page',
        content: json(z.object({ documents: z.array(documentSchema), next: z.string().optional() })),
      },
      ...failures,
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/v1/documents/{id}',
    summary: 'One document with its text and passages',
    security,
    request: { params: id, query: collectionQuery },
    responses: {
      200: { description: 'The document', content: json(documentDetailSchema) },
      ...failures,
    },
  });
  registry.registerPath({
    method: 'delete',
    path: '/v1/documents/{id}',
    summary: 'Delete a document',
    security,
    request: { params: id, query: collectionQuery },
    responses: {
      200: { description: 'Deleted', content: json(z.object({ deleted: z.number().int() })) },
      ...failures,
      409: failure('Another writer holds the store'),
    },
  });
  registry.registerPath({
    method: 'get',
    path: '/v1/collections',
    summary: 'List collections',
    security,
    responses: {
      200: { description: 'Collections', content: json(z.object({ collections: z.array(collectionSchema) })) },
      ...failures,
    },
  });
  registry.registerPath({
    method: 'delete',
    path: '/v1/collections/{name}',
    summary: 'Delete a collection with everything in it',
    security,
    request: { params: collectionParameters },
    responses: { 204: { description: 'Deleted' }, ...failures, 409: failure('Another writer holds the store') },
  });
  const plain = (path: string, summary: string) =>
    registry.registerPath({
      method: 'get',
      path,
      summary,
      responses: { 200: { description: 'OK' }, 503: failure('Not ready') },
    });
  plain('/healthz', 'The process lives');
  plain('/readyz', 'The store answers and no shutdown is under way');
  plain('/metrics', 'Prometheus metrics');

  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'hopwise',
      version,
      description: 'A folder of documents in, a cited multi-hop answer out.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
  });
  return stateLimits(document, limits);
}
