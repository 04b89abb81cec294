/** What every command gets: the terminal, the abort signal of Ctrl-C, and a way to open the store by the common options. */
import type { Command } from 'commander';
import { Hopwise } from '../hopwise.js';
import type { SettingsOverrides } from '../settings.js';
import type { Terminal } from './terminal.js';

export interface CommonOptions {
  readonly store?: string;
  readonly collection?: string;
  readonly json?: boolean;
}

export interface CommandContext {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Sets the exit code of the process without ending it. */
  exit(code: number): void;
}

/** Adds --store, --collection and --json. */
export function withCommon(command: Command): Command {
  return command
    .option('--store <dir>', 'folder of the store (default: .hopwise, or HOPWISE_STORE)')
    .option('--collection <name>', 'collection within the store (default: default)')
    .option('--json', 'machine-readable output on stdout');
}

/** Opens the store named by the options; `create` makes a missing one. The caller closes it. */
export function openByOptions(options: CommonOptions, create: boolean, more: SettingsOverrides = {}): Promise<Hopwise> {
  return Hopwise.open({ ...more, store: options.store, collection: options.collection, create });
}

/** Adds to the help of a command lines that can be typed, each without `hopwise`. */
export function withExamples(command: Command, ...lines: readonly string[]): Command {
  const head = lines.length === 1 ? 'Example' : 'Examples';
  return command.addHelpText('after', `\n${head}:\n${lines.map((line) => `  hopwise ${line}`).join('\n')}`);
}
