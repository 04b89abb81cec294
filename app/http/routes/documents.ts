import { type Request, type RequestHandler, type Response, Router } from 'express';
import multer from 'multer';
import { z } from 'zod';
import type { IngestSummary } from '../../../ingest/index.js';
import { type DocumentSummary, UsageError } from '../../../src/index.js';
import { commaList } from '../../comma-list.js';
import type { Hopwise } from '../../hopwise.js';
import type { GivenDocument } from '../../options.js';
import type { HttpSettings } from '../../settings.js';
import { parameter, parse, requestSignal } from '../request.js';
import { documentSchema, textUploadSchema } from '../schemas.js';

const listQuery = z.strictObject({
  collection: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const collectionQuery = z.strictObject({ collection: z.string().optional() });
const formFields = z.strictObject({
  collection: z.string().optional(),
  tags: z.string().transform(commaList).optional(),
  metadata: z
    .string()
    .transform(parseJson)
    .pipe(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))
    .optional(),
});

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON object' });
    return z.NEVER;
  }
}

function shown({ document, passages, characters }: DocumentSummary): z.output<typeof documentSchema> {
  const { id, uri, title, mediaType, size, enabled, date, tags, metadata, ingestedAt } = document;
  return documentSchema.parse({
    id,
    uri,
    title,
    mediaType,
    size,
    passages,
    characters,
    enabled,
    ...(date === undefined ? {} : { date }),
    tags,
    metadata,
    ingestedAt,
  });
}

/** 201 when something was stored, 422 when every document was left out, else 200. */
function sendSummary(response: Response, summary: IngestSummary): void {
  const stored = summary.added + summary.updated;
  const status = stored > 0 ? 201 : summary.quarantined.length > 0 && summary.unchanged === 0 ? 422 : 200;
  response.status(status).json(summary);
}

function uploaded(request: Request): GivenDocument[] {
  const files = (request.files ?? []) as Express.Multer.File[];
  if (files.length === 0) {
    throw new UsageError('NO_FILES', 'the upload holds no file', {
      place: { field: 'files' },
      remedy: 'Send one or more files in the form field "files".',
    });
  }
  return files.map((file) => ({ uri: file.originalname, content: file.buffer, mediaType: file.mimetype }));
}

/** `/v1/documents` and `/v1/collections` */
export function documentRoutes(hopwise: Hopwise, settings: HttpSettings, shutdown: AbortSignal): Router {
  const router = Router();
  const upload: RequestHandler = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: settings.maxUploadBytes, files: settings.maxUploadFiles, fields: 10, fieldSize: 100_000 },
    defParamCharset: 'utf8',
  }).array('files');

  router.post('/documents', upload, async (request, response) => {
    const signal = requestSignal(response, settings.requestTimeoutMs, shutdown);
    if (request.is('multipart/form-data')) {
      const { collection, tags, metadata } = parse(formFields, request.body);
      sendSummary(response, await hopwise.ingestGiven(uploaded(request), { collection, tags, metadata, signal }));
      return;
    }
    const { collection, documents } = parse(textUploadSchema, request.body);
    const given = documents.map(({ text, ...rest }) => ({ ...rest, content: text }));
    sendSummary(response, await hopwise.ingestGiven(given, { collection, signal }));
  });

  router.get('/documents', async (request, response) => {
    const { limit, collection, after } = parse(listQuery, request.query);
    const page = await hopwise.documentPage({ collection, limit, ...(after === undefined ? {} : { after }) });
    response.json({ documents: page.items.map(shown), ...(page.next === undefined ? {} : { next: page.next }) });
  });

  router.get('/documents/:id', async (request, response) => {
    const detail = await hopwise.document(parameter(request, 'id'), parse(collectionQuery, request.query));
    response.json({ ...shown(detail), text: detail.text, passageList: detail.passageList });
  });

  router.delete('/documents/:id', async (request, response) => {
    response.json(await hopwise.delete([parameter(request, 'id')], parse(collectionQuery, request.query)));
  });

  router.get('/collections', async (_request, response) => {
    response.json({ collections: await hopwise.collections() });
  });
  return router;
}
