/** Where a question is ranked, the same option for ask and search. */
import { type Command, Option } from 'commander';
import { RETRIEVAL_SOURCES, type RetrievalSource } from '../../queries/index.js';
import type { SearchProgress } from '../../src/index.js';
import type { CommandContext } from './context.js';
import { type Progress, progress } from './terminal.js';

export interface SourceChoice {
  readonly source?: RetrievalSource;
}

/** Adds --source. */
export function withSource(command: Command): Command {
  return command.addOption(
    new Option(
      '--source <source>',
      "memory: ranked on the index in memory; store: on the store's own search (default: by the collection's size)",
    ).choices(RETRIEVAL_SOURCES),
  );
}

/** A bar that appears only when the store's search must be brought up to date. */
export function searchProgress({ terminal, now }: CommandContext) {
  let bar: Progress | undefined;
  return {
    update: ({ documents, of }: SearchProgress): void => {
      bar ??= progress(terminal, 'documents', now);
      bar.update(documents, of, 'preparing the search');
    },
    stop: (): void => bar?.stop(),
  };
}
