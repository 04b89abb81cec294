/**
 * One writer at a time, over processes and machines: a node that names the holder, with a token that rises with each
 * holder and a time, the server's, at which it ends by itself unless renewed. Every commit checks the token in its own
 * transaction, so a writer that was stopped for long and has lost the lease can write nothing more.
 */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, StoreLockedError } from '../../errors.js';
import type { Neo4jConnection } from './connection.js';
import type { Run } from './statement.js';
import { GIVE_LEASE, LOOK_AT_LEASE, RENEW_LEASE, TAKE_LEASE, WAIT_FOR_LEASE } from './statements/lease-statements.js';
import { int } from './values.js';

const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 50;
/**
 * Milliseconds that the holder before lets a waiting one go first; many pauses, for a server may be slow. Without it
 * one that writes again and again would take the lease in the moment of giving it back, and the other would wait on.
 */
const GOES_FIRST_MS = 5_000;

export interface LeaseOptions {
  /** Milliseconds to wait for another writer; 0 tries once. */
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly now: () => Date;
  /** Milliseconds without a sign of life after which another writer may take over. */
  readonly leaseMs: number;
  /** Tells writers apart, for their turns; the same for all leases of one store handle. */
  readonly client: string;
}

interface Holder {
  readonly pid: number | null;
  readonly host: string | null;
  readonly since: string | null;
}

export class WriterLeaseNode {
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly connection: Neo4jConnection,
    /** Greater than that of every holder before. */
    readonly token: number,
    private readonly leaseMs: number,
  ) {
    this.timer = setInterval(() => this.renew(), leaseMs / 4);
    this.timer.unref();
  }

  /** Throws StoreLockedError after `waitMs`, and the signal's reason when aborted. */
  static async acquire(connection: Neo4jConnection, options: LeaseOptions): Promise<WriterLeaseNode> {
    const { waitMs, signal, now, leaseMs, client } = options;
    // Makes taking idempotent: a retry after a lost answer finds the lease its own.
    const request = randomUUID();
    const started = performance.now();
    let contended = false;
    let marked = Number.NEGATIVE_INFINITY;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      signal?.throwIfAborted();
      let holder = contended ? await look(connection) : undefined;
      if (holder === undefined) {
        const yields = waitMs > 2 * GOES_FIRST_MS;
        const parameters = {
          request,
          client,
          yields,
          pid: int(process.pid),
          host: hostname(),
          since: now().toISOString(),
        };
        const { records } = await connection.run('WRITE', TAKE_LEASE, { ...parameters, ms: int(leaseMs) });
        const row = records[0]!.toObject() as Holder & { readonly free: boolean; readonly token: number };
        if (row.free) return new WriterLeaseNode(connection, row.token, leaseMs);
        holder = row;
      }
      contended = true;
      const left = waitMs - (performance.now() - started);
      if (left <= 0) throw lockedError(connection, holder);
      if (performance.now() - marked > GOES_FIRST_MS / 2) {
        marked = performance.now();
        // Not awaited, for it waits for the holder's commit; without it this one is only less lucky.
        connection.run('WRITE', WAIT_FOR_LEASE, { client, ms: int(GOES_FIRST_MS) }).catch(() => {});
      }
      await sleep(Math.min(pause, left), undefined, signal === undefined ? {} : { signal });
    }
  }

  /** To be run last in the transaction of every write. Throws StoreError `LEASE_LOST` when another holder has come. */
  async assertHeld(run: Run): Promise<void> {
    const rows = await run(RENEW_LEASE, { token: int(this.token), ms: int(this.leaseMs) });
    if (rows.length > 0) return;
    throw new StoreError('LEASE_LOST', 'Another process has taken over the right to write', {
      place: { uri: this.connection.address.uri },
      remedy: 'Run the command again: what was committed is kept. This process was stopped or cut off for too long.',
    });
  }

  async release(): Promise<void> {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    try {
      await this.connection.run('WRITE', GIVE_LEASE, { token: int(this.token) }, { timeoutMs: this.leaseMs });
    } catch {
      // It ends by itself; what was committed is safe.
    }
  }

  private renew(): void {
    const parameters = { token: int(this.token), ms: int(this.leaseMs) };
    // A failure shows at the next commit, or passes.
    this.connection.run('WRITE', RENEW_LEASE, parameters, { timeoutMs: this.leaseMs }).catch(() => {});
  }
}

/** Undefined when the lease may be free now. */
async function look(connection: Neo4jConnection): Promise<Holder | undefined> {
  const { records } = await connection.run('READ', LOOK_AT_LEASE);
  const row = records[0]!.toObject() as Holder & { readonly free: boolean };
  return row.free ? undefined : row;
}

function lockedError(connection: Neo4jConnection, { pid, host, since }: Holder): StoreLockedError {
  const { uri } = connection.address;
  return new StoreLockedError(
    'STORE_LOCKED',
    `The store ${uri} is held by process ${pid} on ${host}, writing since ${since}`,
    {
      place: { uri },
      remedy: `Wait until process ${pid} on ${host} has ended, or stop it; reading commands work meanwhile.`,
    },
  );
}
