/** Says on standard error what a store in a server does by itself: retries, migrations. */
import type { RetryEvent } from '../src/ports/index.js';

interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Waits shorter than this are told of only at the first: a server that restarts would fill the screen. */
const TOLD_FROM_MS = 1_000;

/** Lines for people on a terminal, JSON lines elsewhere, as the server's log is. Neither holds a credential. */
export class StoreLog {
  readonly #output: Output;

  constructor(output: Output) {
    this.#output = output;
  }

  readonly retry = (event: RetryEvent): void => {
    const { uri, code, reason, attempt, waitMs } = event;
    if (attempt > 1 && waitMs < TOLD_FROM_MS) return;
    this.#line(
      { event: 'store-retry', uri, code, reason, attempt, waitMs },
      `${reason} (${code} of ${uri}); attempt ${attempt + 1} in ${(waitMs / 1000).toFixed(1)} s`,
    );
  };

  readonly change = (what: string): void => {
    this.#line({ event: 'store-schema', what }, `Neo4j: ${what}`);
  };

  #line(record: Readonly<Record<string, unknown>>, text: string): void {
    this.#output.write(`${this.#output.isTTY ? text : JSON.stringify({ level: 'warn', ...record })}\n`);
  }
}
