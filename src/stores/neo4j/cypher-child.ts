/** The parent's end of a process that runs statements. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { crashed, outOfMemory } from '../../cypher/cypher-errors.js';
import type { Neo4jOptions } from './connect.js';
import { errorOf, type FromProcess, type StatementRequest, type ToProcess } from './cypher-messages.js';

/** What V8 ends with when the heap is at its bound: its own exit code, or SIGABRT. */
const HEAP_EXIT = 134;

type Answer = Exclude<FromProcess, { readonly kind: 'error' }>;

export class CypherChild {
  private readonly process: ChildProcess;
  private waiting:
    | { readonly resolve: (answer: Answer) => void; readonly reject: (error: unknown) => void }
    | undefined;
  private ended: unknown;

  /** The credentials go through the channel, not through arguments or environment, which other users may read. */
  constructor(
    options: Neo4jOptions,
    readonly memoryMb: number,
  ) {
    // A source file when run by a loader, as in tests.
    const entry = fileURLToPath(
      new URL(import.meta.url.endsWith('.ts') ? 'cypher-process.ts' : 'cypher-process.js', import.meta.url),
    );
    // Of the environment only what connecting needs: it may hold passwords and keys.
    const { PATH, TMPDIR, SystemRoot, NODE_EXTRA_CA_CERTS } = process.env;
    const env = Object.entries({ PATH, TMPDIR, SystemRoot, NODE_EXTRA_CA_CERTS });
    this.process = fork(entry, {
      env: Object.fromEntries(env.filter(([, value]) => value !== undefined)),
      serialization: 'advanced',
      execArgv: [
        ...process.execArgv.filter((given) => !given.startsWith('--inspect')),
        `--max-old-space-size=${memoryMb}`,
      ],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.process.on('message', (message: FromProcess) => this.receive(message));
    this.process.on('error', (error) => this.fail(crashed(error.message, error)));
    this.process.on('exit', (code, signal) => {
      const full = code === HEAP_EXIT || signal === 'SIGABRT' || signal === 'SIGTRAP';
      this.fail(full ? outOfMemory(memoryMb) : crashed(signal ?? `exit code ${code}`));
    });
    this.send({ kind: 'connect', options, memoryMb });
  }

  get alive(): boolean {
    return this.ended === undefined;
  }

  /** Begins a statement; one at a time. */
  begin(request: StatementRequest): Promise<Answer> {
    return this.ask({ kind: 'run', request });
  }

  next(): Promise<Answer> {
    return this.ask({ kind: 'next' });
  }

  /** Lets the program end while this process is idle, or keeps it. */
  hold(held: boolean): void {
    if (held) {
      this.process.ref();
      this.process.channel?.ref();
    } else {
      this.process.unref();
      this.process.channel?.unref();
    }
  }

  /** The lost connection ends the statement on the server too. */
  kill(reason: unknown): void {
    this.fail(reason);
    this.process.kill('SIGKILL');
  }

  private ask(message: ToProcess): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.ended !== undefined) {
        reject(this.ended);
        return;
      }
      this.waiting = { resolve, reject };
      this.send(message);
    });
  }

  private send(message: ToProcess): void {
    this.process.send(message, (error) => {
      if (error !== null) this.fail(crashed(error.message, error));
    });
  }

  private receive(message: FromProcess): void {
    const { waiting } = this;
    this.waiting = undefined;
    if (message.kind === 'error') waiting?.reject(errorOf(message.error));
    else waiting?.resolve(message);
  }

  private fail(reason: unknown): void {
    this.ended ??= reason;
    this.waiting?.reject(this.ended);
    this.waiting = undefined;
  }
}
