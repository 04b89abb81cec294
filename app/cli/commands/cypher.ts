import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseValue } from '../../../queries/index.js';
import { type CypherParams, type CypherRows, type LensProgress, UsageError } from '../../../src/index.js';
import type { CypherEngine } from '../../options.js';
import { type CommandContext, type CommonOptions, openByOptions, withCommon } from '../context.js';
import { wholeNumber } from '../parse-options.js';
import { type Progress, progress, type Terminal, table } from '../terminal.js';

const FORMATS = ['table', 'json', 'csv', 'graphml'] as const;

interface CypherOptions extends CommonOptions {
  readonly param?: CypherParams;
  readonly format: (typeof FORMATS)[number];
  readonly limit?: number;
  readonly timeout?: number;
  readonly engine?: CypherEngine;
  readonly file?: string;
}

/** `hopwise cypher STATEMENT` */
export function cypherCommand(program: Command, context: CommandContext): void {
  withCommon(program.command('cypher'))
    .summary('explore the graph with Cypher, read-only')
    .description(
      'Runs one Cypher statement that reads the graph of a collection. Nothing can be changed by it; rows, time and memory are limited. On the embedded store the graph is brought up to date on first use after a change.',
    )
    .argument('[statement]')
    .option('--param <name=value>', 'value of $name: text, number, true, false, or JSON (repeatable)', param)
    .addOption(new Option('--format <format>', 'how rows are shown').choices(FORMATS).default('table'))
    .option('--limit <n>', 'rows at most (default 1000)', wholeNumber(1))
    .option('--timeout <seconds>', 'time at most (default 30)', seconds)
    .addOption(
      new Option('--engine <engine>', 'store: the store itself where it runs Cypher; lens: a graph derived from it')
        .choices(['store', 'lens'])
        .default('store'),
    )
    .option('--file <path>', 'read the statement from a file, - for standard input')
    .addHelpText(
      'after',
      '\nExamples:\n  hopwise cypher "MATCH (e:Entity) RETURN e.name, e.mentions ORDER BY e.mentions DESC LIMIT 10"\n  hopwise cypher "MATCH (a:Entity {name: \\$name})-[r]->(b) RETURN a, r, b" --param name=Paris --format graphml > paris.graphml',
    )
    .action(async (given: string | undefined, options: CypherOptions) => {
      const { terminal, signal } = context;
      const statement = await statementOf(given, options.file, terminal);
      await using hopwise = await openByOptions(options, false);
      const bar = lensProgress(context);
      try {
        await using result = await hopwise.cypher(statement, {
          params: options.param,
          rows: options.limit,
          timeoutMs: options.timeout,
          engine: options.engine,
          signal,
          onProgress: bar.update,
        });
        bar.stop();
        await show(result, options.json === true ? 'json' : options.format, context);
      } finally {
        bar.stop();
      }
    });
}

/** A bar that appears only when there is something to wait for. */
function lensProgress({ terminal, now }: CommandContext) {
  let bar: Progress | undefined;
  let read = 0;
  let documents: number | undefined;
  return {
    update: ({ stage, done, total }: LensProgress): void => {
      bar ??= progress(terminal, 'documents', now);
      if (stage === 'read') [read, documents] = [done, total];
      bar.update(read, documents, stage === 'read' ? 'reading for the graph' : 'writing the graph');
    },
    stop: (): void => bar?.stop(),
  };
}

async function show(result: CypherRows, format: CypherOptions['format'], context: CommandContext): Promise<void> {
  const { terminal } = context;
  const { dim, yellow } = terminal.colours;
  const started = context.now();
  if (format === 'table') {
    const { cellText } = await import('../../cypher/cell-text.js');
    const rows: (string | number)[][] = [];
    for await (const row of result.rows)
      rows.push(row.map((value) => (typeof value === 'number' ? value : cellText(value))));
    terminal.print(table(result.columns.map(cellText), rows));
    const ms = Math.round(context.now() - started);
    terminal.warn(dim(`${rows.length} rows, generation ${result.generation}, read in ${ms} ms`));
  } else {
    const { ROWS_FORMATS } = await import('../../cypher/rows-format.js');
    for await (const piece of ROWS_FORMATS[format](result)) await write(terminal.out, piece);
  }
  for (const { message } of result.warnings) terminal.warn(yellow(`warning ${message}; see --limit`));
}

/** Waits while whoever reads is slower than the rows come. */
async function write(out: NodeJS.WritableStream, text: string): Promise<void> {
  if (!out.write(text)) await new Promise<void>((resolve) => out.once('drain', resolve));
}

async function statementOf(given: string | undefined, file: string | undefined, terminal: Terminal): Promise<string> {
  if ((given === undefined) === (file === undefined)) {
    throw new UsageError('NO_STATEMENT', 'cypher needs either a statement or --file', {
      remedy: 'Put the statement in quotes, or into a file.',
    });
  }
  if (given !== undefined) return given;
  if (file === '-') {
    let text = '';
    for await (const piece of terminal.input) text += String(piece);
    return text;
  }
  try {
    return await readFile(file!, 'utf8');
  } catch (cause) {
    throw new UsageError('FILE_NOT_OPENED', `cannot read ${file}`, {
      place: { uri: file! },
      remedy: 'Check the path and its permissions.',
      cause,
    });
  }
}

/** `name=value`; lists and maps are written as JSON. */
function param(text: string, before: CypherParams = {}): CypherParams {
  const at = text.indexOf('=');
  if (at <= 0) throw new InvalidArgumentError('must look like name=value.');
  const value = text.slice(at + 1);
  return { ...before, [text.slice(0, at)]: /^\s*[[{"]|^null$/.test(value) ? json(value) : parseValue(value) };
}

function json(text: string): CypherParams[string] {
  try {
    return JSON.parse(text) as CypherParams[string];
  } catch {
    throw new InvalidArgumentError(`${text} is no JSON.`);
  }
}

/** Milliseconds of a number of seconds. */
function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('must be a number of seconds above 0.');
  return Math.ceil(value * 1000);
}
