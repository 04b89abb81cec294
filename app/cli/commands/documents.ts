import type { Command } from 'commander';
import { type CommandContext, type CommonOptions, openByOptions, withCommon, withExamples } from '../context.js';
import { table } from '../terminal.js';

/** `hopwise documents`, `show`, `delete`, `enable`, `disable` */
export function documentCommands(program: Command, context: CommandContext): void {
  const { terminal } = context;

  withExamples(withCommon(program.command('documents')), 'documents', 'documents --json | jq -r .uri')
    .summary('list the documents')
    .action(async (options: CommonOptions) => {
      await using hopwise = await openByOptions(options, false);
      const rows: (string | number)[][] = [];
      for await (const { document, passages, characters } of hopwise.documents({ signal: context.signal })) {
        if (options.json) terminal.print(JSON.stringify({ ...document, passages, characters }));
        else rows.push([document.id, document.uri, document.title, passages, document.enabled ? '' : 'disabled']);
      }
      if (!options.json) terminal.print(table(['id', 'uri', 'title', 'passages', ''], rows));
    });

  withCommon(program.command('show'))
    .summary('show a document (by id or uri) or a passage (by id)')
    .argument('<id>')
    .option('--text', 'only the text, exactly as citations count its characters')
    .addHelpText('after', '\nExamples:\n  hopwise show docs/report.pdf\n  hopwise show d3f9… --text | head -c 500')
    .action(async (id: string, options: CommonOptions & { readonly text?: boolean }) => {
      await using hopwise = await openByOptions(options, false);
      const passage = id.startsWith('p') ? await hopwise.passage(id) : undefined;
      if (passage !== undefined) {
        terminal.print(options.json ? JSON.stringify(passage) : passage.text);
        return;
      }
      const { document, text, passageList, characters } = await hopwise.document(id);
      if (options.text) terminal.write(text);
      else if (options.json) terminal.print(JSON.stringify({ ...document, characters, text, passages: passageList }));
      else {
        const { bold, dim } = terminal.colours;
        terminal.print(
          `${bold(document.title)}\n${dim(`${document.id}  ${document.uri}  ${document.mediaType}  ${characters} characters`)}`,
        );
        if (document.tags.length > 0) terminal.print(`tags ${document.tags.join(', ')}`);
        for (const [key, value] of Object.entries(document.metadata)) terminal.print(`${key} ${String(value)}`);
        for (const warning of document.warnings) terminal.print(terminal.colours.yellow(`warning ${warning}`));
        for (const { id: passageId, start, end, page, context: heading, text: body } of passageList) {
          terminal.print(
            `\n${dim(`${passageId} ${start}-${end}${page === undefined ? '' : ` page ${page}`} ${heading}`)}\n${body}`,
          );
        }
      }
    });

  withExamples(withCommon(program.command('delete')), 'delete docs/old.md docs/draft.md')
    .summary('delete documents by id or uri')
    .argument('<id...>')
    .action(async (ids: string[], options: CommonOptions) => {
      await using hopwise = await openByOptions(options, false);
      const result = await hopwise.delete(ids, { signal: context.signal });
      terminal.print(options.json ? JSON.stringify(result) : `deleted ${result.deleted} documents`);
    });

  for (const enabled of [true, false]) {
    const verb = enabled ? 'enable' : 'disable';
    withExamples(withCommon(program.command(verb)), `${verb} docs/draft.md`)
      .summary(
        enabled ? 'show disabled documents to questions again' : 'hide documents from questions without deleting them',
      )
      .argument('<id...>')
      .action(async (ids: string[], options: CommonOptions) => {
        await using hopwise = await openByOptions(options, false);
        const result = await hopwise.setEnabled(ids, enabled);
        terminal.print(options.json ? JSON.stringify(result) : `${verb}d ${result.changed} documents`);
      });
  }
}
