import type { Command } from 'commander';
import { type IngestSummary, tuneForIngest } from '../../../ingest/index.js';
import type { IngestCallOptions } from '../../options.js';
import { type CommandContext, type CommonOptions, openByOptions, withCommon } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { collect, collectPair, wholeNumber } from '../parse-options.js';
import { progress, type Terminal } from '../terminal.js';

interface IngestOptions extends CommonOptions {
  readonly prune?: boolean;
  readonly watch?: boolean;
  readonly as?: string;
  readonly meta?: Record<string, string | number | boolean>;
  readonly tag?: string[];
  readonly idField?: string;
  readonly titleField?: string;
  readonly textField?: string;
  readonly batch?: number;
}

function report(summary: IngestSummary, terminal: Terminal): void {
  const { green, yellow, dim, bold } = terminal.colours;
  const counts = [
    `${bold(String(summary.documents))} documents`,
    `${summary.passages} passages`,
    `${summary.entities} entities`,
    `${summary.relations} relations`,
  ];
  terminal.print(`${green('ingested')} ${counts.join(', ')} ${dim(`in ${summary.seconds.toFixed(1)} s`)}`);
  terminal.print(
    dim(
      `unchanged ${summary.unchanged}, updated ${summary.updated}, deleted ${summary.deleted}, quarantined ${summary.quarantined.length}`,
    ),
  );
  for (const { uri, code, message, remedy } of summary.quarantined) {
    terminal.warn(`${yellow('left out')} ${uri}: ${message}\n         ${remedy} ${dim(`[${code}]`)}`);
  }
}

function fieldsOf({ idField, titleField, textField }: IngestOptions): IngestCallOptions['fields'] {
  const fields = {
    ...(idField === undefined ? {} : { id: idField }),
    ...(titleField === undefined ? {} : { title: titleField }),
    ...(textField === undefined ? {} : { text: textField }),
  };
  return Object.keys(fields).length > 0 ? fields : undefined;
}

/** `hopwise ingest PATH...` */
export function ingestCommand(program: Command, context: CommandContext): void {
  withCommon(program.command('ingest'))
    .summary('read documents into the store')
    .description(
      'Reads files and folders (txt, md, html, pdf, docx, csv, tsv, json, jsonl, zip; - for stdin) into the store. Unchanged files are skipped, changed ones replaced.',
    )
    .argument('<path...>', 'files or folders')
    .option('--prune', 'delete documents whose file under PATH is gone')
    .option('--watch', 'stay and ingest what changes')
    .option('--as <name>', 'name of the one PATH in uris, e.g. note.md for stdin')
    .option('--meta <key=value>', 'metadata for every document (repeatable)', collectPair)
    .option('--tag <tag>', 'tag for every document (repeatable)', collect)
    .option('--id-field <name>', 'field of JSON records that identifies them')
    .option('--title-field <name>', 'field of JSON records that holds the title')
    .option('--text-field <name>', 'field of JSON records that holds the text')
    .option('--batch <n>', 'passages a transaction (default 500)', wholeNumber(1))
    .addHelpText(
      'after',
      '\nExamples:\n  hopwise ingest docs\n  hopwise ingest docs --prune --tag manual --meta year=2024\n  hopwise ingest corpus.jsonl --text-field body\n  cat note.md | hopwise ingest - --as note.md',
    )
    .action(async (paths: string[], options: IngestOptions) => {
      const { terminal, signal } = context;
      tuneForIngest();
      await using hopwise = await openByOptions(options, true);
      const show = (summary: IngestSummary): void => {
        if (options.json) terminal.print(JSON.stringify(summary));
        else report(summary, terminal);
        context.exit(summary.quarantined.length > 0 ? EXIT.incomplete : EXIT.ok);
      };
      const bar = progress(terminal, 'kB', context.now);
      const call: IngestCallOptions = {
        as: options.as,
        metadata: options.meta,
        tags: options.tag,
        fields: fieldsOf(options),
        batchPassages: options.batch,
        signal,
        onWarning: ({ uri, message }) => terminal.warn(`${terminal.colours.yellow('warning')} ${uri}: ${message}`),
        onProgress: ({ phase, bytes, totalBytes, passages }) =>
          bar.update(Math.round(bytes / 1000), Math.ceil(totalBytes / 1000), `${phase}, ${passages} passages`),
      };
      // The bar gives its line back when it stops: what is printed before that is lost.
      show(await hopwise.ingest(paths, { ...call, prune: options.prune }).finally(bar.stop));
      if (!options.watch) return;
      terminal.warn(terminal.colours.dim('watching; Ctrl-C ends'));
      const onLocked = ({ message }: Error): void => terminal.warn(`${terminal.colours.yellow('waiting')} ${message}`);
      await hopwise.watch(paths, { ...call, onProgress: undefined, onSummary: show, onLocked });
      context.exit(EXIT.ok);
    });
}
