/** What is answered where no route is, and to a body that no route reads. */
import type { RequestHandler } from 'express';
import { problem, sendProblem } from './problem.js';

const FORM = 'multipart/form-data';
const UPLOADS = '/documents';

/** For what is posted below `/v1`: 415 to a body that is neither JSON nor, where files are uploaded, a form. */
export const refuseOtherBodies: RequestHandler = (request, response, next) => {
  const read = request.path === UPLOADS ? ['application/json', FORM] : ['application/json'];
  // Null where there is no body at all.
  if (request.method !== 'POST' || request.is(read) !== false) {
    next();
    return;
  }
  const type = request.get('content-type') ?? 'of no type';
  const detail = `the body is ${type}, not ${read.join(' or ')}`;
  const remedy = "Send JSON with 'Content-Type: application/json'.";
  sendProblem(response, problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'The body cannot be read', detail, remedy));
};

interface Described {
  readonly paths?: Readonly<Record<string, object>> | undefined;
}

/** 405 where another method has a route, as the OpenAPI document says, else 404. */
export function noSuchRoute(document: () => Described): RequestHandler {
  return (request, response) => {
    const { method, path } = request;
    const allowed = Object.entries(document().paths ?? {})
      .filter(([known]) => matches(known, path))
      .flatMap(([, operations]) => Object.keys(operations))
      .map((name) => name.toUpperCase());
    if (allowed.length === 0) {
      sendProblem(response, problem(404, 'NO_SUCH_ROUTE', 'Not found', `there is no ${method} ${path}`, 'See /docs.'));
      return;
    }
    response.setHeader('Allow', allowed.join(', '));
    const remedy = `Use ${allowed.join(' or ')}; see /docs.`;
    sendProblem(response, problem(405, 'METHOD_NOT_ALLOWED', 'Not offered', `${path} has no ${method}`, remedy));
  };
}

/** `/v1/documents/{id}` fits `/v1/documents/x`. */
function matches(known: string, path: string): boolean {
  const [pattern, given] = [known.split('/'), path.split('/')];
  return pattern.length === given.length && pattern.every((part, i) => part.startsWith('{') || part === given[i]);
}
