import type { Command } from 'commander';
import type { CommandContext } from '../context.js';

/** `hopwise bench retrieval|answers|abstain|extraction DIR...` */
export function benchCommand(program: Command, _context: CommandContext): void {
  program.command('bench').summary('measure retrieval, answers, abstention and extraction on folders of questions');
}
