/** A child process that holds a graph file, as its parent sees it: one request at a time, each ended at its limits. */
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  crashed,
  missingParameter,
  outOfMemory,
  queryFailed,
  syntaxError,
  timedOut,
  unavailable,
  writeRefused,
} from '../../cypher/cypher-errors.js';
import { SPILL_VARIABLE } from './grafeo-engine.js';
import type { FromProcess, ToProcess } from './messages.js';
import { makeSpillFolder, removeSpillFolder, touchSpillFolder } from './spill-folder.js';

type ErrorMessage = Extract<FromProcess, { kind: 'error' }>;

export interface ChildLimits {
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

const LOOK_EVERY_MS = 20;
const PAGE_BYTES = 4096;
const STDERR_KEPT = 2_000;
const HEAP_MB = { run: 512, build: 4_096 } as const;

interface Waiting {
  readonly resolve: (message: FromProcess) => void;
  readonly reject: (error: unknown) => void;
}

export class LensChild {
  private readonly process: ChildProcess;
  private waiting: Waiting | undefined;
  private said = '';
  private failure: Error | undefined;
  private ended: string | undefined;
  private limits: ChildLimits | undefined;
  /** Told of rows written while a request is under way. */
  onWritten: (rows: number) => void = () => {};
  /** Memory of the child when it had opened its file, bytes. */
  baseline = 0;
  /** Resolves when the process has ended and nothing of it is left on the disk. */
  readonly gone: Promise<void>;
  private readonly spill: string;

  /**
   * @param folder of the collection's graph files, where the child may put aside what does not fit into memory
   * @throws the system's error when nothing can be made there
   */
  constructor(work: keyof typeof HEAP_MB, folder: string) {
    this.spill = makeSpillFolder(folder);
    const entry = fileURLToPath(new URL(`./lens-process${extname(import.meta.url)}`, import.meta.url));
    // Nothing of the environment is passed on: it may hold passwords and keys.
    const { PATH, TMPDIR, SystemRoot } = process.env;
    const env = Object.fromEntries(
      Object.entries({ PATH, TMPDIR, SystemRoot }).filter(([, value]) => value !== undefined),
    );
    env[SPILL_VARIABLE] = this.spill;
    const loaders = extname(import.meta.url) === '.ts' ? ['--import', 'tsx'] : [];
    this.process = fork(entry, {
      env,
      execArgv: [...loaders, `--max-old-space-size=${HEAP_MB[work]}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'json',
    });
    this.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.said = (this.said + text).slice(-STDERR_KEPT);
    });
    this.process.on('message', (message: FromProcess) => this.receive(message));
    this.gone = new Promise((resolve) => {
      const end = (how: string, error: () => Error): void => {
        this.ended ??= how;
        removeSpillFolder(this.spill);
        this.stop(this.failure ?? error());
        resolve();
      };
      this.process.on('error', (error) => {
        // Also told of a signal or message that could not be sent to a process that runs.
        if (this.process.pid === undefined) end('no process', () => crashed(error.message, error));
        else this.stop(crashed(error.message, error));
      });
      this.process.on('exit', (code, signal) => end(signal ?? `exit code ${code}`, () => this.exitError()));
    });
    this.rest();
  }

  get isAlive(): boolean {
    return this.ended === undefined && this.failure === undefined && this.process.connected;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Bytes of the child's memory now, where the system tells; else 0. */
  memory(): number {
    if (process.platform !== 'linux' || this.process.pid === undefined) return 0;
    try {
      return Number(readFileSync(`/proc/${this.process.pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
    } catch {
      return 0;
    }
  }

  /**
   * Sends a message and waits for its answer.
   * @throws the typed error that the child answers, or that it was ended with
   */
  async ask(message: ToProcess, signal?: AbortSignal): Promise<Exclude<FromProcess, ErrorMessage>> {
    signal?.throwIfAborted();
    if (this.failure !== undefined) throw this.failure;
    const onAbort = (): void => this.kill(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort, { once: true });
    this.process.ref();
    this.process.channel?.ref();
    try {
      const answer = await new Promise<FromProcess>((resolve, reject) => {
        this.waiting = { resolve, reject };
        this.process.send(message, (error) => error !== null && this.stop(crashed('its channel closed', error)));
      });
      if (answer.kind === 'error') {
        const error = this.typed(answer);
        // It ends itself then, and must not be used again.
        if (answer.error === 'memory') this.kill(error);
        throw error;
      }
      return answer;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.rest();
    }
  }

  /** Sends a message that has no answer. */
  tell(message: ToProcess): void {
    if (this.isAlive) this.process.send(message, () => {});
  }

  /** Ends the child at the limits, from now until the returned function is called. */
  bound(limits: ChildLimits): () => void {
    this.limits = limits;
    touchSpillFolder(this.spill);
    const timer = setTimeout(() => this.kill(timedOut(limits.timeoutMs)), limits.timeoutMs);
    const most = this.baseline + limits.memoryMb * 2 ** 20;
    const watch =
      this.memory() === 0
        ? undefined
        : setInterval(() => this.memory() > most && this.kill(outOfMemory(limits.memoryMb)), LOOK_EVERY_MS);
    return () => {
      clearTimeout(timer);
      clearInterval(watch);
      this.limits = undefined;
    };
  }

  /** Ends the child at once; what is asked of it then fails with `error`. */
  kill(error: Error = crashed('it was ended')): void {
    this.failure ??= error;
    this.process.kill('SIGKILL');
    this.stop(this.failure);
  }

  /** Ends the child and waits until it has. */
  end(): Promise<void> {
    this.kill();
    this.process.ref();
    return this.gone;
  }

  private receive(message: FromProcess): void {
    if (message.kind === 'written') {
      this.onWritten(message.rows);
      return;
    }
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(message);
  }

  private stop(error: Error): void {
    this.failure ??= error;
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.reject(this.failure);
  }

  /** A child that rests does not keep its parent alive. */
  private rest(): void {
    if (this.waiting !== undefined) return;
    this.process.unref();
    this.process.channel?.unref();
    const { stderr } = this.process;
    if (stderr !== null && 'unref' in stderr && typeof stderr.unref === 'function') stderr.unref();
  }

  /** What its exit means: an allocation that fails ends a process too. */
  private exitError(): Error {
    if (this.limits !== undefined && /memory allocation|out of memory|heap limit|bad_alloc/i.test(this.said))
      return outOfMemory(this.limits.memoryMb);
    return crashed(this.ended ?? 'unknown');
  }

  private typed({ error, message, line }: ErrorMessage): Error {
    switch (error) {
      case 'refused':
        return writeRefused(message);
      case 'syntax':
        return syntaxError(message, line);
      case 'parameter':
        return missingParameter(message);
      case 'timeout':
        return timedOut(this.limits?.timeoutMs ?? 0);
      case 'memory':
        return outOfMemory(this.limits?.memoryMb ?? 0);
      case 'unavailable':
        return unavailable(message);
      case 'failed':
        return queryFailed(message);
    }
  }
}
