import type { Command } from 'commander';
import { type CommandContext, openByOptions, withCommon } from '../context.js';
import { type FilterOptions, filterOf, withFilter } from '../filter-options.js';
import { type SourceChoice, searchProgress, withSource } from '../source-options.js';

const SHOWN = 160;

/** `hopwise search QUERY` */
export function searchCommand(program: Command, context: CommandContext): void {
  withSource(withFilter(withCommon(program.command('search'))))
    .summary('rank passages without an answer')
    .argument('<query>')
    .addHelpText('after', '\nExample:\n  hopwise search "fog signal" --k 20 --where year>=1900')
    .action(async (query: string, options: FilterOptions & SourceChoice) => {
      const { terminal, signal } = context;
      const { bold, dim } = terminal.colours;
      await using hopwise = await openByOptions(options, false);
      const { k, source } = options;
      const bar = searchProgress(context);
      const result = await hopwise
        .search(query, { k, filter: filterOf(options), source, signal, onProgress: bar.update })
        .finally(bar.stop);
      if (options.json) {
        terminal.print(JSON.stringify(result));
        return;
      }
      result.hits.forEach((passage, rank) => {
        const text = passage.text.replaceAll(/\s+/g, ' ');
        terminal.print(
          `${String(rank + 1).padStart(3)}. ${bold(passage.title)} ${dim(`${passage.uri} ${passage.id} ${passage.score.toFixed(3)}`)}`,
        );
        terminal.print(`     ${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}`);
      });
    });
}
