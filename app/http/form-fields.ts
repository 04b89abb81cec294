/** The fields that stand beside the files of an upload form. */
import { z } from 'zod';
import { commaList } from '../comma-list.js';
import { refusedKey } from './request.js';
import { collectionQuery, metadataSchema } from './schemas.js';

function parseJson(text: string, context: z.RefinementCtx): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON object' });
    return z.NEVER;
  }
  const refused = refusedKey(value);
  if (refused === undefined) return value;
  context.addIssue({ code: 'custom', message: `the name ${refused} is not allowed` });
  return z.NEVER;
}

/** Each field is text: `tags` a comma list, `metadata` a JSON object as in an upload by text. */
export const formFields = collectionQuery.extend({
  tags: z.string().transform(commaList).optional(),
  metadata: z.string().transform(parseJson).pipe(metadataSchema).optional(),
});
