import { type Command, Option } from 'commander';
import type { LlmMode } from '../../../queries/index.js';
import { type CommandContext, openByOptions, withCommon } from '../context.js';
import { type FilterOptions, filterOf, withFilter } from '../filter-options.js';
import { renderAnswer } from '../render-answer.js';
import { type SourceChoice, searchProgress, withSource } from '../source-options.js';

interface AskOptions extends FilterOptions, SourceChoice {
  readonly explain?: boolean;
  readonly llm?: LlmMode;
}

/** `hopwise ask QUESTION` */
export function askCommand(program: Command, context: CommandContext): void {
  withSource(withFilter(withCommon(program.command('ask'))))
    .summary('answer a question from the documents')
    .description(
      'Answers a question from the documents, each sentence cited, with the path through the graph; or says that they do not answer.',
    )
    .argument('<question>')
    .option('--explain', 'also show the passages, their scores and the time of each step')
    .addOption(
      new Option('--llm <mode>', 'off: extractive; fallback: the configured model, else extractive; required').choices([
        'off',
        'fallback',
        'required',
      ]),
    )
    .addHelpText(
      'after',
      '\nExamples:\n  hopwise ask "Who designed the lighthouse that Ines Marlowe kept?"\n  hopwise ask "What changed in 2024?" --tag report --from 2024-01 --json',
    )
    .action(async (question: string, options: AskOptions) => {
      const { terminal, signal } = context;
      await using hopwise = await openByOptions(options, false);
      const { k, llm, source } = options;
      const bar = searchProgress(context);
      const answer = await hopwise
        .ask(question, { k, filter: filterOf(options), llm, source, signal, onProgress: bar.update })
        .finally(bar.stop);
      terminal.print(options.json ? JSON.stringify(answer) : renderAnswer(answer, terminal, options.explain === true));
    });
}
