/**
 * Entry of the child that holds a graph file: builds one, or runs statements on one. It does one thing at a time, as the
 * messages tell it, knows no secrets, and ends with its parent.
 */
import type { GrafeoDatabase } from './grafeo-engine.js';
import { loadGrafeo, SPILL_VARIABLE } from './grafeo-engine.js';
import type { FromProcess, ToProcess } from './messages.js';
import { runStatement, StatementError, type StatementRows } from './run-statement.js';
import { removeSpillFolder } from './spill-folder.js';

const WATCH_EVERY_MS = 50;

type BuildModule = typeof import('./build-session.js');

let database: GrafeoDatabase | undefined;
let rows: StatementRows | undefined;
let build: InstanceType<BuildModule['BuildSession']> | undefined;
let baseline = 0;

function send(message: FromProcess): void {
  process.send?.(message);
}

/** Ends the process when it grows beyond what the statement may take; elsewhere than on Linux nobody else looks. */
async function watched<T>(memoryMb: number, work: () => Promise<T>): Promise<T> {
  const most = baseline + memoryMb * 2 ** 20;
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() <= most) return;
    clearInterval(timer);
    process.send?.({ kind: 'error', error: 'memory', message: '' } satisfies FromProcess, () => process.exit(1));
  }, WATCH_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

async function handle(message: ToProcess): Promise<void> {
  switch (message.kind) {
    case 'open': {
      const Grafeo = engine();
      database = Grafeo.openReadOnly(message.file);
      baseline = process.memoryUsage.rss();
      return send({ kind: 'ready', rss: baseline });
    }
    case 'run': {
      const opened = database;
      if (opened === undefined) throw new Error('no file is open');
      rows = undefined;
      rows = await watched(message.memoryMb, () => runStatement(opened, message));
      return next();
    }
    case 'next':
      return next();
    case 'end':
      rows = undefined;
      return;
    case 'build': {
      engine();
      const { BuildSession } = await import('./build-session.js');
      build = new BuildSession(message, (written) => send({ kind: 'written', rows: written }));
      return send({ kind: 'done' });
    }
    default: {
      if (build === undefined) throw new Error('nothing is being built');
      const counts = await build.handle(message);
      return send(counts === undefined ? { kind: 'done' } : { kind: 'built', counts });
    }
  }
}

function engine(): ReturnType<typeof loadGrafeo> {
  try {
    return loadGrafeo();
  } catch {
    throw new StatementError('unavailable', `Grafeo has no binary for ${process.platform} ${process.arch}`);
  }
}

function next(): void {
  if (rows === undefined) return;
  const piece = rows.next();
  if (piece.done) rows = undefined;
  send(piece);
}

process.on('disconnect', () => {
  // The parent was killed, or it would have ended this process and removed its folder.
  const spill = process.env[SPILL_VARIABLE];
  if (spill !== undefined) removeSpillFolder(spill);
  process.exit(0);
});
// A Ctrl-C in a terminal reaches the whole group; the parent decides.
process.on('SIGINT', () => {});

let queue = Promise.resolve();
process.on('message', (message: ToProcess) => {
  queue = queue
    .then(() => handle(message))
    .catch((error: unknown) => {
      rows = undefined;
      if (error instanceof StatementError) {
        const { kind, message: said, line } = error;
        send({ kind: 'error', error: kind, message: said, line });
      } else {
        send({ kind: 'error', error: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
    });
});
