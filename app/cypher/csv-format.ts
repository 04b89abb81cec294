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

type Field = string | number | boolean | null;

function field(value: CypherValue): Field {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

/** Unquoted, as numbers are. */
function boolean(value: boolean): { readonly value: string; readonly quoted_string: false } {
  return { value: String(value), quoted_string: false };
}

function record(fields: readonly Field[]): string {
  return stringify([[...fields]], { record_delimiter: '\r\n', quoted_string: true, cast: { boolean } });
}
