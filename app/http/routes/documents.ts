import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { IngestSummary } from '../../../ingest/index.js';
import { type DocumentSummary, UsageError } from '../../../src/index.js';
import type { Hopwise } from '../../hopwise.js';
import type { GivenDocument } from '../../options.js';
import type { HttpSettings } from '../../settings.js';
import { documentSchema } from '../answer-schemas.js';
import { formFields } from '../form-fields.js';
import { Places } from '../places.js';
import { problem, sendProblem } from '../problem.js';
import { parameter, parse } from '../request.js';
import { type RequestSignals, unlessAborted } from '../request-signals.js';
import { collectionQuery, listQuery, textUploadSchema } from '../schemas.js';
import { uploadReader } from '../upload.js';

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
  const { added, updated, unchanged, quarantined } = summary;
  const first = quarantined[0];
  if (first !== undefined && added + updated + unchanged === 0) {
    const made = problem(422, 'ALL_LEFT_OUT', 'The documents cannot be read', first.message, first.remedy);
    sendProblem(response, { ...made, ...summary });
  } else response.status(added + updated > 0 ? 201 : 200).json(summary);
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

interface Upload {
  readonly collection: string | undefined;
  readonly given: readonly GivenDocument[];
}

/** `/v1/documents`; uploads, which lie in memory, have `settings.concurrency` places. */
export function documentRoutes(hopwise: Hopwise, settings: HttpSettings, signals: RequestSignals): Router {
  const router = Router();
  const readUpload = uploadReader(settings);
  const uploading = new Places(settings.concurrency);

  const read = async (request: Request, response: Response): Promise<Upload> => {
    if (!request.is('multipart')) {
      const { collection, documents } = parse(textUploadSchema, request.body);
      return { collection, given: documents.map(({ text, ...rest }) => ({ ...rest, content: text })) };
    }
    await readUpload(request, response);
    const { collection, tags, metadata } = parse(formFields, request.body);
    return { collection, given: uploaded(request).map((document) => ({ ...document, tags, metadata })) };
  };

  router.post('/documents', async (request, response) => {
    const signal = signals.of(response);
    const summary = await uploading.run(signal, async () => {
      const { collection, given } = await read(request, response);
      return hopwise.ingestGiven(given, { collection, signal });
    });
    sendSummary(response, summary);
  });

  router.get('/documents', async (request, response) => {
    const { limit, collection, after } = parse(listQuery, request.query);
    const listed = hopwise.documentPage({ collection, limit, ...(after === undefined ? {} : { after }) });
    const page = await unlessAborted(listed, signals.of(response));
    response.json({ documents: page.items.map(shown), ...(page.next === undefined ? {} : { next: page.next }) });
  });

  router.get('/documents/:id', async (request, response) => {
    const found = hopwise.document(parameter(request, 'id'), parse(collectionQuery, request.query));
    const detail = await unlessAborted(found, signals.of(response));
    response.json({ ...shown(detail), text: detail.text, passageList: detail.passageList });
  });

  router.delete('/documents/:id', async (request, response) => {
    const signal = signals.of(response);
    const { collection } = parse(collectionQuery, request.query);
    response.json(await unlessAborted(hopwise.delete([parameter(request, 'id')], { collection, signal }), signal));
  });
  return router;
}
