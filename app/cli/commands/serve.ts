import type { Command } from 'commander';
import { type CommandContext, type CommonOptions, openByOptions, withCommon, withExamples } from '../context.js';
import { wholeNumber } from '../parse-options.js';

interface ServeOptions extends CommonOptions {
  readonly host?: string;
  readonly port?: number;
  readonly allowOpen?: boolean;
}

/** `hopwise serve` */
export function serveCommand(program: Command, context: CommandContext): void {
  withExamples(
    withCommon(program.command('serve')),
    'serve',
    'serve --port 0 --json',
    'serve --host 0.0.0.0    # with HOPWISE_API_KEY set',
  )
    .summary('answer over HTTP')
    .description(
      'Serves POST /v1/ask, /v1/search, /v1/documents and more; /docs documents them. Set HOPWISE_API_KEY to require a key.',
    )
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--port <n>', 'port, 0 for any free one (default 8080)', wholeNumber(0))
    .option('--allow-open', 'listen on an address other than loopback without an API key')
    .action(async (options: ServeOptions) => {
      const { terminal, signal } = context;
      const { startServer } = await import('../../http/server.js');
      await using hopwise = await openByOptions(options, true, {
        http: {
          ...(options.host === undefined ? {} : { host: options.host }),
          ...(options.port === undefined ? {} : { port: options.port }),
          ...(options.allowOpen ? { allowOpen: true } : {}),
        },
      });
      const server = await startServer(hopwise, hopwise.settings.http);
      terminal.print(
        options.json
          ? JSON.stringify({ url: server.url })
          : `listening on ${server.url} (documentation: ${server.url}/docs)`,
      );
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await server.close();
    });
}
