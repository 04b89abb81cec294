/** The children that run statements: few, kept for the next statement while they are idle, ended at any limit. */
import { dirname } from 'node:path';
import { LensChild } from './lens-child.js';

export interface PoolOptions {
  /** Statements that run at the same time; more wait. */
  readonly processes: number;
  /** Milliseconds that an idle child is kept. */
  readonly idleMs: number;
}

interface Idle {
  readonly child: LensChild;
  readonly file: string;
  readonly timer: NodeJS.Timeout;
}

/** Memory above that of the opened file at which a child is not used again, bytes. */
const GROWN = 256 * 2 ** 20;

export class LensPool {
  private readonly idle: Idle[] = [];
  private readonly busy = new Set<LensChild>();
  /** Those too that were ended a moment ago. */
  private readonly living = new Set<LensChild>();
  private readonly queue: (() => void)[] = [];
  private closed = false;

  constructor(private readonly options: PoolOptions) {}

  /**
   * A child that has the file open, for this caller alone until `give`.
   * @throws the signal's reason; what opening throws
   */
  async take(file: string, signal?: AbortSignal): Promise<LensChild> {
    while (this.busy.size >= this.options.processes) await this.turn(signal);
    signal?.throwIfAborted();
    const kept = this.pick(file);
    if (kept !== undefined) {
      this.busy.add(kept);
      return kept;
    }
    if (this.busy.size + this.idle.length >= this.options.processes) this.drop(this.idle[0]);
    // The graph files of the collection lie in a folder each.
    const child = new LensChild('run', dirname(dirname(file)));
    this.busy.add(child);
    this.living.add(child);
    void child.gone.then(() => this.living.delete(child));
    try {
      const ready = await child.ask({ kind: 'open', file }, signal);
      child.baseline = ready.kind === 'ready' ? Math.max(ready.rss, child.memory()) : 0;
      return child;
    } catch (error) {
      child.kill();
      this.leave(child);
      throw error;
    }
  }

  /** Gives a child back; one that has ended or grown is not used again. */
  give(child: LensChild, file: string): void {
    if (this.closed || !child.isAlive || child.memory() > child.baseline + GROWN) child.kill();
    else {
      const timer = setTimeout(() => this.drop(this.idle.find((one) => one.child === child)), this.options.idleMs);
      timer.unref();
      this.idle.push({ child, file, timer });
    }
    this.leave(child);
  }

  /** Ends all children; resolves when nothing of them is left. */
  async close(): Promise<void> {
    this.closed = true;
    for (const one of [...this.idle]) this.drop(one);
    for (const child of this.busy) child.kill();
    await Promise.all([...this.living].map((child) => child.end()));
  }

  private pick(file: string): LensChild | undefined {
    for (const one of [...this.idle].reverse()) {
      if (one.file !== file && one.child.isAlive) continue;
      this.forget(one);
      if (one.child.isAlive) return one.child;
      one.child.kill();
    }
    return undefined;
  }

  private drop(one: Idle | undefined): void {
    if (one === undefined) return;
    this.forget(one);
    one.child.kill();
  }

  private forget(one: Idle): void {
    clearTimeout(one.timer);
    const at = this.idle.indexOf(one);
    if (at >= 0) this.idle.splice(at, 1);
  }

  private leave(child: LensChild): void {
    this.busy.delete(child);
    this.queue.shift()?.();
  }

  private async turn(signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.queue.splice(this.queue.indexOf(go), 1);
        reject(signal?.reason as Error);
      };
      signal?.throwIfAborted();
      signal?.addEventListener('abort', leave, { once: true });
      this.queue.push(go);
    });
  }
}
