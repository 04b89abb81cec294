/** Rows of a Cypher statement on the terminal, in the format asked for. */
import type { CypherRows } from '../../src/index.js';
import type { CommandContext } from './context.js';
import { type Terminal, table } from './terminal.js';

export const ROW_FORMATS = ['table', 'json', 'csv', 'graphml'] as const;
export type RowsFormat = (typeof ROW_FORMATS)[number];

export async function showRows(result: CypherRows, format: RowsFormat, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const { dim, yellow } = terminal.colours;
  const started = context.now();
  if (format === 'table') {
    const { cellText } = await import('../cypher/cell-text.js');
    const rows: (string | number)[][] = [];
    for await (const row of result.rows)
      rows.push(row.map((value) => (typeof value === 'number' ? value : cellText(value))));
    terminal.print(table(result.columns.map(cellText), rows));
    const ms = Math.round(context.now() - started);
    terminal.warn(dim(`${rows.length} rows, generation ${result.generation}, read in ${ms} ms`));
  } else {
    const { ROWS_FORMATS } = await import('../cypher/rows-format.js');
    for await (const piece of ROWS_FORMATS[format](result)) await write(terminal, piece);
  }
  for (const { message } of result.warnings) terminal.warn(yellow(`warning ${message}; see --limit`));
}

/** Waits while whoever reads is slower than the rows come. */
async function write(terminal: Terminal, text: string): Promise<void> {
  if (!terminal.write(text)) await new Promise<void>((resolve) => terminal.out.once('drain', resolve));
}
