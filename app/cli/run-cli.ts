/** Builds the commands and runs one; everything outside is injected, so tests run it in process. */
import { Command, CommanderError } from 'commander';
import { packageVersion } from '../../src/assets.js';
import { askCommand } from './commands/ask.js';
import { benchCommand } from './commands/bench.js';
import { bookCommand } from './commands/book.js';
import { cypherCommand } from './commands/cypher.js';
import { documentCommands } from './commands/documents.js';
import { graphCommand } from './commands/graph.js';
import { ingestCommand } from './commands/ingest.js';
import { searchCommand } from './commands/search.js';
import { serveCommand } from './commands/serve.js';
import { storeCommands } from './commands/store.js';
import type { CommandContext } from './context.js';
import { EXIT } from './exit-codes.js';
import { renderError } from './render-error.js';
import type { Terminal } from './terminal.js';

/**
 * Runs the command line given by `args` (without node and script).
 * @returns the exit code
 */
export async function runCli(args: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const json = args.includes('--json');
  let code: number = EXIT.ok;
  const context: CommandContext = { terminal, signal, now: () => performance.now(), exit: (given) => (code = given) };
  const program = new Command('hopwise')
    .description('A folder of documents in, a cited multi-hop answer out.')
    .version(packageVersion())
    .showHelpAfterError('(hopwise COMMAND --help shows how)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.out.write(text),
      writeErr: (text) => void (json || terminal.err.write(text)),
    })
    .addHelpText(
      'after',
      '\nExamples:\n  hopwise ingest docs\n  hopwise ask "Who designed the lighthouse that Ines Marlowe kept?"\n  hopwise serve',
    );
  for (const register of [
    ingestCommand,
    askCommand,
    searchCommand,
    cypherCommand,
    bookCommand,
    graphCommand,
    documentCommands,
    storeCommands,
    serveCommand,
    benchCommand,
  ])
    register(program, context);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return renderError(error, terminal, json);
    if (error.exitCode === 0) return EXIT.ok;
    if (json) {
      const remedy = 'hopwise COMMAND --help shows how.';
      terminal.warn(JSON.stringify({ error: { code: 'USAGE', message: error.message, remedy } }));
    }
    return EXIT.usage;
  }
}
