import { createInterface } from 'node:readline';
import { addAbortSignal, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { collectionsOfBackup } from '../../../src/backup-lines.js';
import { diagnose } from '../../diagnose.js';
import { type CommandContext, type CommonOptions, openByOptions, withCommon, withExamples } from '../context.js';
import { EXIT } from '../exit-codes.js';
import { openFile } from '../open-file.js';
import { progress, table } from '../terminal.js';

async function* withNewlines(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) yield `${line}\n`;
}

/** `hopwise status`, `collections`, `export`, `import`, `reembed`, `backup`, `doctor` */
export function storeCommands(program: Command, context: CommandContext): void {
  const { terminal, signal } = context;

  withExamples(withCommon(program.command('status')), 'status', 'status --json | jq .quarantined')
    .summary('what the collection holds, and what was left out')
    .action(async (options: CommonOptions) => {
      await using hopwise = await openByOptions(options, false);
      const { collection, failures } = await hopwise.status();
      if (options.json) {
        terminal.print(JSON.stringify({ ...collection, quarantined: failures }));
        return;
      }
      const { bold, yellow, dim } = terminal.colours;
      terminal.print(
        `${bold(collection.name)} ${dim(`generation ${collection.generation}, embedder ${collection.embedder.id} (${collection.embedder.dimensions} dimensions)`)}`,
      );
      terminal.print(table(['', ''], Object.entries(collection.counts)));
      for (const { uri, code, message, remedy } of failures)
        terminal.print(`${yellow('quarantined')} ${uri}: ${message}\n            ${remedy} ${dim(`[${code}]`)}`);
    });

  withExamples(withCommon(program.command('collections')), 'collections', 'collections --delete drafts')
    .summary('list the collections of the store, or delete one')
    .option('--delete <name>', 'delete this collection with everything in it')
    .action(async (options: CommonOptions & { readonly delete?: string }) => {
      await using hopwise = await openByOptions(options, false);
      if (options.delete !== undefined) {
        await hopwise.deleteCollection(options.delete);
        terminal.print(
          options.json ? JSON.stringify({ deleted: options.delete }) : `deleted collection ${options.delete}`,
        );
        return;
      }
      const all = await hopwise.collections();
      if (options.json) terminal.print(JSON.stringify(all));
      else
        terminal.print(
          table(
            ['name', 'documents', 'passages', 'entities', 'embedder'],
            all.map(({ name, counts, embedder }) => [
              name,
              counts.documents,
              counts.passages,
              counts.entities,
              embedder.id,
            ]),
          ),
        );
    });

  withExamples(withCommon(program.command('export')), 'export notes.jsonl', 'export | gzip > notes.jsonl.gz')
    .summary('write the collection as JSONL, loss-free')
    .argument('[file]', 'default: stdout')
    .action(async (file: string | undefined, options: CommonOptions) => {
      await using hopwise = await openByOptions(options, false);
      const lines = Readable.from(withNewlines(hopwise.export({ signal })));
      if (file === undefined) await pipeline(lines, terminal.out, { signal, end: false });
      else await pipeline(lines, (await openFile(file, 'w')).createWriteStream(), { signal });
    });

  withExamples(
    withCommon(program.command('import')),
    'import notes.jsonl --collection copy',
    'import notes.jsonl --store neo4j://localhost:7687',
  )
    .summary('load an export into a new collection, or all those of a backup of a Neo4j')
    .argument('[file]', 'default: stdin; of a backup --collection restores that one alone')
    .action(async (file: string | undefined, options: CommonOptions) => {
      const input = file === undefined ? terminal.input : (await openFile(file, 'r')).createReadStream();
      await using hopwise = await openByOptions(options, true);
      const { first, lines } = await peek(linesOf(input, signal));
      const { collection } = options;
      const loaded =
        first !== undefined && collectionsOfBackup(first) !== undefined
          ? await hopwise.restore(lines, { collection, signal })
          : [await hopwise.import(lines, { signal })];
      for (const info of loaded) {
        terminal.print(
          options.json
            ? JSON.stringify(info)
            : `imported ${info.counts.documents} documents, ${info.counts.passages} passages into ${info.name}`,
        );
      }
    });

  withExamples(withCommon(program.command('reembed')), 'reembed')
    .summary('compute all vectors again with the configured embedder')
    .action(async (options: CommonOptions) => {
      await using hopwise = await openByOptions(options, false);
      const bar = progress(terminal, 'passages', context.now);
      const result = await hopwise
        .reembed({ signal, onProgress: ({ passages, phase }) => bar.update(passages, undefined, phase) })
        .finally(bar.stop);
      terminal.print(options.json ? JSON.stringify(result) : `embedded ${result.passages} passages`);
    });

  withExamples(withCommon(program.command('backup')), 'backup notes.sqlite')
    .summary('copy the store to a file, consistently, while it is in use')
    .argument('<file>')
    .action(async (file: string, options: CommonOptions) => {
      await using hopwise = await openByOptions(options, false);
      await hopwise.backup(file);
      terminal.print(options.json ? JSON.stringify({ file }) : `backed up to ${file}`);
    });

  withExamples(withCommon(program.command('doctor')), 'doctor', 'doctor --store neo4j://localhost:7687')
    .summary('check this machine, the settings and the store')
    .action(async (options: CommonOptions) => {
      const checks = await diagnose({ store: options.store, collection: options.collection });
      const bad = checks.some(({ ok }) => !ok);
      if (options.json) terminal.print(JSON.stringify(checks));
      else {
        const { green, red, dim } = terminal.colours;
        for (const { ok, name, detail, remedy } of checks) {
          terminal.print(
            `${ok ? green('ok    ') : red('FAILED')} ${name} ${dim(detail)}${remedy === undefined ? '' : `\n       ${remedy}`}`,
          );
        }
      }
      context.exit(bad ? EXIT.failed : EXIT.ok);
    });
}

/** The first line, and all of them. */
async function peek(lines: AsyncGenerator<string>) {
  const step = await lines.next();
  async function* all(): AsyncGenerator<string> {
    if (step.done !== true) yield step.value;
    yield* lines;
  }
  return { first: step.done === true ? undefined : step.value, lines: all() };
}

/** Opened with the first line asked for: an interface that is read later has lost what came before. */
async function* linesOf(input: Readable, signal: AbortSignal): AsyncGenerator<string> {
  addAbortSignal(signal, input);
  yield* createInterface({ input, signal, crlfDelay: Number.POSITIVE_INFINITY });
  // An aborted interface just ends.
  signal.throwIfAborted();
}
