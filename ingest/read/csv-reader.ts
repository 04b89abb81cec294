/** CSV and TSV: a row is a block, the header its context. */
import { checkLines, decodeText } from './decode-text.js';
import { DocumentBuilder } from './document-builder.js';
import type { Reader } from './reader.js';
import { brokenSource } from './source-errors.js';

const DELIMITERS = [',', ';', '\t', '|'];
const SAMPLE_CHARS = 16 * 1024;

/** The separator that most lines of the sample have equally often, outside quotes. */
function delimiterOf(text: string, extension: string): string {
  if (extension === 'tsv' || extension === 'tab') return '\t';
  const lines = text
    .slice(0, SAMPLE_CHARS)
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 20);
  let best = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const first = counts[0] ?? 0;
    const score = first === 0 ? 0 : counts.filter((count) => count === first).length + first / 1000;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** The first row names the columns unless it holds an empty cell, a number, or a name twice. */
function isHeader(cells: readonly string[]): boolean {
  if (cells.length === 0 || new Set(cells).size < cells.length) return false;
  return cells.every((cell) => cell !== '' && !/^[-+]?[\d.,]+%?$/.test(cell) && cell.length <= 100);
}

/** Cells on one line; empty ones at the end are dropped. */
function rowText(cells: readonly string[]): string {
  return cells.every((cell) => cell === '') ? '' : cells.join(' | ').replace(/(?: \|)+ ?$/, '');
}

export const csvReader: Reader = {
  name: 'csv',
  extensions: ['csv', 'tsv', 'tab'],
  mediaTypes: ['text/csv', 'text/tab-separated-values'],
  async *read(source, { limits, signal }) {
    const decoded = await decodeText(source.bytes);
    checkLines(decoded.text, source.uri, limits);
    const { parse, CsvError } = await import('csv-parse/sync');
    signal?.throwIfAborted();
    let records: string[][];
    try {
      records = parse(decoded.text, {
        delimiter: delimiterOf(decoded.text, source.extension),
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        max_record_size: limits.maxLineChars,
      });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      throw brokenSource(source.uri, 'CSV', error.message, error);
    }
    const rows = records.map((record) => record.map((cell) => cell.replace(/\s+/g, ' ').trim()));
    const builder = new DocumentBuilder();
    const first = rows[0] ?? [];
    const header = rows.length > 1 && isHeader(first) ? first.join(' | ') : undefined;
    if (header !== undefined) builder.add('table-header', header);
    rows.slice(header === undefined ? 0 : 1).forEach((cells, i) => {
      builder.add('table-row', rowText(cells), { row: i + 1, ...(header === undefined ? {} : { header }) });
    });
    const { text, blocks, warnings } = builder.finish();
    const mediaType =
      source.extension === 'tsv' || source.extension === 'tab' ? 'text/tab-separated-values' : 'text/csv';
    yield { part: '', text, blocks, mediaType, metadata: {}, tags: [], warnings: [...decoded.warnings, ...warnings] };
  },
};
