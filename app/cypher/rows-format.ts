/** Rows of a Cypher statement as text, in the formats of the command and of the HTTP API. */
import type { CypherRows } from '../../src/index.js';
import { csvFormat } from './csv-format.js';
import { graphmlFormat } from './graphml-format.js';
import { jsonFormat } from './json-format.js';

/** Pieces of text, made as the rows come. */
export type RowsFormat = (rows: CypherRows) => AsyncIterable<string>;

export const ROWS_FORMATS = { json: jsonFormat, csv: csvFormat, graphml: graphmlFormat } as const satisfies Readonly<
  Record<string, RowsFormat>
>;
