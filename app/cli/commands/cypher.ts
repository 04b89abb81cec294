import { readFile } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type CypherParams, UsageError } from '../../../src/index.js';
import type { CypherEngine } from '../../options.js';
import { type CommandContext, type CommonOptions, openByOptions, withCommon } from '../context.js';
import { lensProgress } from '../lens-progress.js';
import { collectParam, wholeNumber } from '../parse-options.js';
import { ROW_FORMATS, type RowsFormat, showRows } from '../show-rows.js';

interface CypherOptions extends CommonOptions {
  readonly param?: CypherParams;
  readonly format: RowsFormat;
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
    .option('--param <name=value>', 'value of $name: text, number, true, false, or JSON (repeatable)', collectParam)
    .addOption(new Option('--format <format>', 'how rows are shown').choices(ROW_FORMATS).default('table'))
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
      const statement = await statementOf(given, options.file, context);
      await using hopwise = await openByOptions(options, false);
      const bar = lensProgress(context);
      try {
        await using result = await hopwise.cypher(statement, {
          params: options.param,
          rows: options.limit,
          timeoutMs: options.timeout,
          engine: options.engine,
          // Whoever gives the command holds the credentials of the whole database.
          otherCollections: 'warn',
          signal: context.signal,
          onProgress: bar.update,
        });
        bar.stop();
        await showRows(result, options.json === true ? 'json' : options.format, context);
      } finally {
        bar.stop();
      }
    });
}

async function statementOf(
  given: string | undefined,
  file: string | undefined,
  { terminal, signal }: CommandContext,
): Promise<string> {
  if ((given === undefined) === (file === undefined)) {
    throw new UsageError('NO_STATEMENT', 'cypher needs either a statement or --file', {
      remedy: 'Put the statement in quotes, or into a file.',
    });
  }
  if (given !== undefined) return given;
  if (file === '-') {
    let text = '';
    addAbortSignal(signal, terminal.input);
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

/** Milliseconds of a number of seconds. */
function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('must be a number of seconds above 0.');
  return Math.ceil(value * 1000);
}
