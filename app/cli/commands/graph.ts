import { extname } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ENTITY_TYPES, type EntityType } from '../../../graph-schema/index.js';
import { UsageError } from '../../../src/index.js';
import type { GraphFormat } from '../../options.js';
import { type CommandContext, type CommonOptions, openByOptions, withCommon } from '../context.js';
import { openFile } from '../open-file.js';
import { wholeNumber } from '../parse-options.js';

const FORMATS: readonly GraphFormat[] = ['svg', 'html', 'graphml', 'gexf'];

interface GraphOptions extends CommonOptions {
  readonly out?: string;
  readonly format?: GraphFormat;
  readonly hops?: number;
  readonly limit?: number;
  readonly type?: EntityType[];
}

function typeList(text: string, before: readonly EntityType[] = []): EntityType[] {
  const known = text.split(',').map((name) => {
    const type = ENTITY_TYPES.find((one) => one === name.trim().toLowerCase());
    if (type === undefined) throw new InvalidArgumentError(`"${name}" is none of ${ENTITY_TYPES.join(', ')}.`);
    return type;
  });
  return [...before, ...known];
}

function formatOf({ format, out }: GraphOptions): GraphFormat {
  if (format !== undefined) return format;
  if (out === undefined) return 'svg';
  const extension = extname(out).slice(1).toLowerCase();
  const known = FORMATS.find((one) => one === extension);
  if (known !== undefined) return known;
  throw new UsageError('UNKNOWN_GRAPH_FORMAT', `"${out}" does not end with a format of pictures`, {
    place: { field: 'out' },
    remedy: `End it with .${FORMATS.join(', .')}, or give --format.`,
  });
}

/** `hopwise graph ENTITY|QUESTION` */
export function graphCommand(program: Command, context: CommandContext): void {
  withCommon(program.command('graph'))
    .summary('draw the neighbourhood of an entity, or the path of an answer')
    .description(
      'Draws what is around an entity (by name, spelling or key), or the way to the answer of a question: a static SVG, an HTML page that opens offline and shows the evidence of every line, or GraphML and GEXF for Gephi and yEd.',
    )
    .argument('<entity or question>')
    .option('--out <file>', 'file to write; its extension tells the format (default: SVG on stdout)')
    .addOption(new Option('--format <format>', 'format, whatever the extension').choices(FORMATS))
    .option('--hops <n>', 'steps from the entity (default 1)', wholeNumber(1))
    .option('--limit <n>', 'nodes shown at most (default 40)', wholeNumber(2))
    .option('--type <types>', `only neighbours of these types: ${ENTITY_TYPES.join(', ')}`, typeList)
    .addHelpText(
      'after',
      '\nExamples:\n  hopwise graph "Ines Marlowe" --out marlowe.html\n  hopwise graph "Norhaven" --hops 2 --limit 80 --type person,place --out norhaven.svg\n  hopwise graph "Who designed the lighthouse that Ines Marlowe kept?" --out path.html',
    )
    .action(async (subject: string, options: GraphOptions) => {
      const { terminal, signal } = context;
      const format = formatOf(options);
      await using hopwise = await openByOptions(options, false);
      const { hops, limit, type: types, out } = options;
      const { content, ...drawn } = await hopwise.graph(subject, { format, hops, limit, types, signal });
      if (out === undefined) {
        terminal.out.write(options.json ? `${JSON.stringify({ ...drawn, content })}\n` : content);
        return;
      }
      await using file = await openFile(out, 'w');
      await file.writeFile(content);
      terminal.print(
        options.json
          ? JSON.stringify({ file: out, ...drawn })
          : `${out}: ${drawn.title}, ${drawn.nodes} nodes, ${drawn.edges} links`,
      );
    });
}
