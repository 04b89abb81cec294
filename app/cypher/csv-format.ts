import { stringify } from 'csv-stringify/sync';
import type { CypherRows, CypherValue } from '../../src/index.js';

/**
 * CSV as of RFC 4180, the columns in the first line. Texts are quoted, so that null is an empty field and an empty text
 * `""`; nodes, relationships, paths, lists and maps are JSON.
 */
export async function* csvFormat(result: CypherRows): AsyncGenerator<string> {
  yield record(result.columns);
  for await (const row of result.rows) yield record(row.map(field));
}

function field(value: CypherValue): string | null {
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function record(fields: readonly (string | null)[]): string {
  return stringify([[...fields]], { record_delimiter: '\r\n', quoted_string: true });
}
