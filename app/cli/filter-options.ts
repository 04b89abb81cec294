/** The options that bound a question, the same for ask and search. */
import type { Command } from 'commander';
import { type Filter, parseFilter } from '../../queries/index.js';
import type { CommonOptions } from './context.js';
import { collect, wholeNumber } from './parse-options.js';

export interface FilterOptions extends CommonOptions {
  readonly k?: number;
  readonly document?: string[];
  readonly tag?: string[];
  readonly where?: string[];
  readonly from?: string;
  readonly to?: string;
}

/** Adds --k, --document, --tag, --where, --from and --to. */
export function withFilter(command: Command): Command {
  return command
    .option('--k <n>', 'passages returned (default 10)', wholeNumber(1))
    .option('--document <id>', 'only this document, by id or uri (repeatable)', collect)
    .option('--tag <tag>', 'only documents with this tag (repeatable: all of them)', collect)
    .option(
      '--where <condition>',
      'only documents whose metadata fit, e.g. year>=1990 or author=Ana (repeatable)',
      collect,
    )
    .option('--from <date>', 'only documents dated on or after, e.g. 2024-05')
    .option('--to <date>', 'only documents dated on or before');
}

/** The filter that the options ask for, undefined when they ask for none. */
export function filterOf(options: FilterOptions): Filter | undefined {
  const { document, tag, where, from, to } = options;
  const given = Object.entries({ document, tag, where, from, to }).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : parseFilter(Object.fromEntries(given));
}
