import { SourceError } from '../../errors.js';

/** What is wrong with one line of an export. `line` is 1-based, `field` a path like `mentions.0.key`. */
export function brokenLine(line: number, message: string, field = ''): SourceError {
  return new SourceError('IMPORT_BROKEN', `Line ${line}${field === '' ? '' : `, field ${field}`}: ${message}`, {
    place: { line, ...(field === '' ? {} : { field }) },
    remedy: 'Make the export again; nothing of this one was stored.',
  });
}
