/** The processes that run statements: so many at most, those that wait kept for the next for a while. */
import { timedOut } from '../../cypher/cypher-errors.js';
import type { ExploreOptions } from '../../ports/index.js';
import type { Neo4jOptions } from './connect.js';
import { CypherChild } from './cypher-child.js';

const IDLE_MS = 60_000;

export class CypherPool {
  private readonly idle = new Map<CypherChild, NodeJS.Timeout>();
  private readonly busy = new Set<CypherChild>();
  /** Those who wait for a place, in the order they came. */
  private readonly waiting: (() => void)[] = [];
  private free: number;
  private closed = false;

  /** @param processes at most; more statements wait */
  constructor(
    private readonly connection: Neo4jOptions,
    processes: number,
  ) {
    this.free = processes;
  }

  /**
   * A process for one statement, to be given back.
   * @throws CypherLimitError `CYPHER_TIMEOUT` when none is free in time; the signal's reason
   */
  async take({ memoryMb, timeoutMs, signal }: ExploreOptions): Promise<CypherChild> {
    if (this.free > 0) this.free--;
    else await this.place(timeoutMs, signal);
    const kept = [...this.idle].find(([child]) => child.memoryMb === memoryMb && child.alive);
    if (kept !== undefined) {
      clearTimeout(kept[1]);
      this.idle.delete(kept[0]);
    }
    const child = kept?.[0] ?? new CypherChild(this.connection, memoryMb);
    this.busy.add(child);
    child.hold(true);
    return child;
  }

  give(child: CypherChild): void {
    if (!this.busy.delete(child)) return;
    const next = this.waiting.shift();
    if (next === undefined) this.free++;
    else next();
    if (!child.alive) return;
    if (this.closed) child.kill(closing());
    child.hold(false);
    const timer = setTimeout(() => this.drop(child), IDLE_MS).unref();
    this.idle.set(child, timer);
  }

  close(): void {
    this.closed = true;
    for (const child of this.busy) child.kill(closing());
    for (const child of [...this.idle.keys()]) this.drop(child);
  }

  private drop(child: CypherChild): void {
    clearTimeout(this.idle.get(child));
    this.idle.delete(child);
    child.kill(closing());
  }

  private place(timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (reason: unknown): void => {
        const at = this.waiting.indexOf(go);
        if (at >= 0) this.waiting.splice(at, 1);
        end();
        reject(reason);
      };
      const abort = (): void => leave(signal?.reason);
      const timer = setTimeout(() => leave(timedOut(timeoutMs)), timeoutMs);
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const go = (): void => {
        end();
        resolve();
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.waiting.push(go);
    });
  }
}

function closing(): Error {
  return new DOMException('The lens was closed', 'AbortError');
}
