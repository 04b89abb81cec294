import { type Command, Option } from 'commander';
import { type BookQuery, bookParams, findBookQuery, readQueryBook } from '../../../queries/index.js';
import { queryBookPath } from '../../../src/assets.js';
import type { CypherParams } from '../../../src/index.js';
import type { CypherEngine } from '../../options.js';
import { type CommandContext, type CommonOptions, openByOptions, withCommon, withExamples } from '../context.js';
import { lensProgress } from '../lens-progress.js';
import { collectParam, wholeNumber } from '../parse-options.js';
import { ROW_FORMATS, type RowsFormat, showRows } from '../show-rows.js';
import { type Terminal, table } from '../terminal.js';

interface RunOptions extends CommonOptions {
  readonly param?: CypherParams;
  readonly format: RowsFormat;
  readonly limit?: number;
  readonly engine?: CypherEngine;
}

/** `hopwise book list`, `show`, `run` */
export function bookCommand(program: Command, context: CommandContext): void {
  const { terminal, signal } = context;
  const book = program
    .command('book')
    .summary('ready-made Cypher queries: list them, explain one, run one')
    .description('The query book: Cypher queries that analysts ask of every graph, with parameters. All only read.')
    .addHelpText(
      'after',
      '\nExamples:\n  hopwise book list\n  hopwise book show timeline\n  hopwise book run timeline --param entity="Tobias Renn"\n  hopwise book run documents-alike --param limit=10 --format csv',
    );

  withExamples(book.command('list', { isDefault: true }), 'book list', 'book list --json')
    .summary('all queries with what they answer')
    .option('--json', 'machine-readable output on stdout')
    .action(async (options: { readonly json?: boolean }) => {
      const queries = await readQueryBook(queryBookPath());
      if (options.json) terminal.print(JSON.stringify(queries));
      else
        terminal.print(
          table(
            ['name', 'answers', 'parameters'],
            queries.map(({ name, question, params }) => [name, question, params.map(signature).join(' ')]),
          ),
        );
    });

  withExamples(book.command('show'), 'book show timeline')
    .summary('what a query takes and gives, and its Cypher')
    .argument('<name>')
    .option('--json', 'machine-readable output on stdout')
    .action(async (name: string, options: { readonly json?: boolean }) => {
      const query = findBookQuery(await readQueryBook(queryBookPath()), name);
      if (options.json) terminal.print(JSON.stringify(query));
      else explain(query, terminal);
    });

  withExamples(
    withCommon(book.command('run')),
    'book run timeline --param entity="Tobias Renn"',
    'book run documents-alike --param limit=10 --format csv',
  )
    .summary('run a query')
    .argument('<name>')
    .option(
      '--param <name=value>',
      'value of a parameter: text, number, true, false, or JSON (repeatable)',
      collectParam,
    )
    .addOption(new Option('--format <format>', 'how rows are shown').choices(ROW_FORMATS).default('table'))
    .option('--limit <n>', 'rows at most, whatever the query says (default 1000)', wholeNumber(1))
    .addOption(
      new Option('--engine <engine>', 'store: the store itself where it runs Cypher; lens: a graph derived from it')
        .choices(['store', 'lens'])
        .default('store'),
    )
    .action(async (name: string, options: RunOptions) => {
      const query = findBookQuery(await readQueryBook(queryBookPath()), name);
      const params = bookParams(query, options.param ?? {});
      await using hopwise = await openByOptions(options, false);
      const bar = lensProgress(context);
      try {
        await using result = await hopwise.cypher(query.cypher, {
          params,
          rows: options.limit,
          otherCollections: 'warn',
          engine: options.engine,
          signal,
          onProgress: bar.update,
        });
        bar.stop();
        await showRows(result, options.json === true ? 'json' : options.format, context);
      } finally {
        bar.stop();
      }
    });
}

/** `limit=20`, or `entity` for one that must be given. */
function signature({ name, default: value }: BookQuery['params'][number]): string {
  return value === undefined ? name : `${name}=${typeof value === 'object' ? '[…]' : String(value)}`;
}

function explain(query: BookQuery, terminal: Terminal): void {
  const { bold, dim, cyan } = terminal.colours;
  const { title, question, notes, params, columns, example, cypher, only } = query;
  terminal.print(`${bold(title)}\n${question}`);
  for (const note of notes) terminal.print(dim(note));
  if (only !== undefined) terminal.print(`Runs on ${only.engine} only, because ${only.reason}`);
  if (params.length > 0) terminal.print(`\n${bold('Parameters')}`);
  for (const { name, type, default: value, text } of params) {
    const rest = value === undefined ? 'must be given' : `default ${JSON.stringify(value)}`;
    terminal.print(`  ${cyan(name)} ${dim(`${type === 'key' ? 'name' : type}, ${rest}`)}  ${text}`);
  }
  terminal.print(`\n${bold('Columns')}`);
  for (const { name, text } of columns) terminal.print(`  ${cyan(name)}  ${text}`);
  terminal.print(`\n${bold('Example')}\n  ${example}\n\n${bold('Cypher')}\n${cypher}`);
}
