/** Bearer key, compared in constant time. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { problem, sendProblem } from './problem.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets everything pass when no key is set. */
export function requireApiKey(key: string | undefined): RequestHandler {
  if (key === undefined) return (_request, _response, next) => next();
  const expected = digest(key);
  return (request, response, next) => {
    const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? request.header('x-api-key') ?? '';
    // Digests have one length, so the comparison tells nothing of the key's.
    if (timingSafeEqual(digest(given), expected)) next();
    else {
      response.setHeader('WWW-Authenticate', 'Bearer');
      sendProblem(
        response,
        problem(
          401,
          'UNAUTHORISED',
          'A key is needed',
          'The API key is missing or wrong.',
          'Send Authorization: Bearer KEY.',
        ),
      );
    }
  };
}
