/**
 * Transactions on Neo4j: tried again while their failure is one that passes, each retry explained; failures that do not
 * pass become StoreErrors.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, Neo4jError, type QueryResult, type Session, type Transaction } from 'neo4j-driver';
import type { RetryEvent } from '../../ports/index.js';
import { type Neo4jOptions, openDriver } from './connect.js';
import { haltedError, mayBeHalted, type StoreAddress, storeError } from './neo4j-error.js';

export interface ConnectionOptions extends Neo4jOptions {
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Spreads retries of several writers; 0..1. */
  readonly random?: (() => number) | undefined;
}

export interface Attempt {
  /** From 1. */
  readonly number: number;
  /**
   * The connection was lost while an earlier attempt committed: it may or may not have been stored. Work that is not
   * idempotent has to look before it writes.
   */
  readonly unsure: boolean;
}

export type Work<T> = (tx: Transaction, attempt: Attempt) => Promise<T>;

export interface TransactionOptions {
  /** Milliseconds, instead of the connection's. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 4_000;

export class Neo4jConnection implements AsyncDisposable {
  readonly driver: Driver;
  readonly address: StoreAddress;
  readonly #options: ConnectionOptions;

  /** Opens no connection yet. @throws UsageError as `openDriver` */
  constructor(options: ConnectionOptions) {
    this.driver = openDriver(options);
    this.address = { uri: options.uri, database: options.database };
    this.#options = options;
  }

  /** Runs `work` in a read transaction. @throws StoreError */
  read<T>(work: Work<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#transact('READ', work, options);
  }

  /** Runs `work` in a write transaction, whole or not at all. @throws StoreError */
  write<T>(work: Work<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#transact('WRITE', work, options);
  }

  /**
   * One statement in a transaction of its own, without a round trip for begin and commit. Tried again as the others are:
   * one that writes must be idempotent.
   */
  run(
    mode: 'READ' | 'WRITE',
    statement: string,
    parameters: Record<string, unknown> = {},
    options: TransactionOptions = {},
  ): Promise<QueryResult> {
    return this.#retrying(mode, options, (session) =>
      session.run(statement, parameters, { timeout: this.#timeout(options) }),
    );
  }

  /** A session for results that are streamed; its errors go through `error`. */
  session(mode: 'READ' | 'WRITE'): Session {
    return this.driver.session({
      ...(this.address.database === undefined ? {} : { database: this.address.database }),
      defaultAccessMode: mode === 'READ' ? neo4j.session.READ : neo4j.session.WRITE,
      bookmarkManager: this.driver.executeQueryBookmarkManager,
    });
  }

  error(error: unknown): unknown {
    return storeError(error, this.address);
  }

  async close(): Promise<void> {
    await this.driver.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #timeout(options: TransactionOptions): number {
    return options.timeoutMs ?? this.#options.transactionMs ?? 120_000;
  }

  #transact<T>(mode: 'READ' | 'WRITE', work: Work<T>, options: TransactionOptions): Promise<T> {
    let unsure = false;
    return this.#retrying(mode, options, async (session, number) => {
      const tx = await session.beginTransaction({ timeout: this.#timeout(options) });
      let committing = false;
      try {
        const result = await work(tx, { number, unsure });
        committing = mode === 'WRITE';
        await tx.commit();
        return result;
      } catch (error) {
        if (committing && isLost(error)) unsure = true;
        if (tx.isOpen()) await tx.rollback().catch(() => {});
        throw error;
      }
    });
  }

  async #retrying<T>(
    mode: 'READ' | 'WRITE',
    options: TransactionOptions,
    attempt: (session: Session, number: number) => Promise<T>,
  ): Promise<T> {
    const started = performance.now();
    for (let number = 1; ; number++) {
      options.signal?.throwIfAborted();
      const session = this.session(mode);
      try {
        return await attempt(session, number);
      } catch (error) {
        const spent = performance.now() - started;
        if (!isRetryable(error) || spent > (this.#options.retryMs ?? 60_000)) throw await this.#explained(error);
        const waitMs = this.#wait(number);
        this.#options.onRetry?.(retryEvent(this.address.uri, error as Neo4jError, number, waitMs));
        await session.close().catch(() => {});
        await sleep(waitMs, undefined, options.signal ? { signal: options.signal } : {});
      } finally {
        await session.close().catch(() => {});
      }
    }
  }

  /** Asks the server what ails the database where the error alone does not say it. */
  async #explained(error: unknown): Promise<unknown> {
    if (!mayBeHalted(error)) return this.error(error);
    const session = this.driver.session({ database: 'system' });
    try {
      const { records } = await session.run(
        `SHOW DATABASES YIELD name, home, statusMessage
         WHERE CASE WHEN $name IS NULL THEN home ELSE name = $name END RETURN statusMessage`,
        { name: this.address.database ?? null },
        { timeout: 5_000 },
      );
      const status: unknown = records[0]?.get('statusMessage');
      return haltedError(error, this.address, typeof status === 'string' ? status : '') ?? this.error(error);
    } catch {
      return this.error(error);
    } finally {
      await session.close().catch(() => {});
    }
  }

  /** Doubles from 50 ms to 4 s, half of it at random. */
  #wait(number: number): number {
    const most = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (number - 1));
    return Math.round(most * (0.5 + 0.5 * (this.#options.random ?? Math.random)()));
  }
}

/** A connection cut in the middle of its login is told by the driver as a `ProtocolError`. */
const LOST = new Set(['ServiceUnavailable', 'SessionExpired', 'ProtocolError']);

function isLost(error: unknown): boolean {
  return error instanceof Neo4jError && LOST.has(error.code);
}

function isRetryable(error: unknown): boolean {
  return isLost(error) || Neo4jError.isRetryable(error);
}

function retryEvent(uri: string, { code }: Neo4jError, attempt: number, waitMs: number): RetryEvent {
  return { uri, code, reason: REASONS[code] ?? 'The server could not do it at this moment', attempt, waitMs };
}

const REASONS: Readonly<Record<string, string>> = {
  ServiceUnavailable: 'The connection was lost or the server is not there',
  ProtocolError: 'The connection was lost in the middle of its login, or what came was no answer of Neo4j',
  SessionExpired: 'The connection was lost or the server is no longer the one that writes',
  'Neo.TransientError.Transaction.DeadlockDetected': 'Two writers waited for each other, and this one gave way',
  'Neo.TransientError.Database.DatabaseUnavailable': 'The database is not open yet',
  'Neo.TransientError.General.DatabaseUnavailable': 'The database is not open yet',
  'Neo.TransientError.General.MemoryPoolOutOfMemoryError': 'The server has no memory left for transactions',
};
