/** The errors of readers: one constructor a cause, so that code, wording and remedy are the same in every format. */
import { LimitError, type Place, SourceError } from '../../src/errors.js';

/** Nothing in it, or nothing but white space. */
export function emptySource(uri: string): SourceError {
  return new SourceError('EMPTY_SOURCE', `${uri} is empty`, {
    place: { uri },
    remedy: 'Put text into it, or leave it out with .hopwiseignore.',
  });
}

/** The format is understood, but this file is damaged. `format` is a name for people, "PDF". */
export function brokenSource(uri: string, format: string, why: string, cause?: unknown): SourceError {
  return new SourceError(`BROKEN_${format.toUpperCase()}`, `${uri} cannot be read as ${format}: ${why}`, {
    place: { uri },
    remedy: 'Open it in the program that made it and save it again, or fetch it again if it was cut short.',
    cause,
  });
}

export function encryptedSource(uri: string, format: string, cause?: unknown): SourceError {
  return new SourceError('ENCRYPTED', `${uri} is an encrypted ${format}`, {
    place: { uri },
    remedy: 'Save a copy without a password and ingest that.',
    cause,
  });
}

export function unsupportedFormat(uri: string, what: string): SourceError {
  return new SourceError('UNSUPPORTED_FORMAT', `${uri} is ${what}, which hopwise does not read`, {
    place: { uri },
    remedy: 'Convert it to text, Markdown, HTML, PDF, DOCX, CSV or JSON, or leave it out with .hopwiseignore.',
  });
}

/** A JSON file that is no JSON: nothing of it can be read. */
export function invalidJson(message: string, place: Place, cause: unknown): SourceError {
  return new SourceError('INVALID_JSON', message, {
    place,
    remedy: 'Correct it there. A file with one JSON value a line is read as such when its name ends with .jsonl.',
    cause,
  });
}

/** A file of one record that says nothing. */
export function noTextAtAll(message: string, place: Place): SourceError {
  return new SourceError('NO_TEXT', message, {
    place,
    remedy: 'Put text into it, name the field that holds it with --text-field, or leave it out with .hopwiseignore.',
  });
}

/** A record or line that cannot be used; the others of its file are. */
export function invalidRecord(code: string, message: string, place: Place, cause?: unknown): SourceError {
  return new SourceError(code, message, {
    place,
    remedy: 'Correct this record; all others of the file were read.',
    cause,
  });
}

/** `limit` is the name of the field of `Limits`. */
export function overLimit(code: string, message: string, limit: string, place: Place): LimitError {
  return new LimitError(code, message, { place, remedy: `Split it, or raise the limit ${limit}.` });
}
