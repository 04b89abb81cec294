/**
 * One writer at a time, over processes: an exclusive SQLite lock on a small file beside the store, held for the life of
 * the lease. The operating system drops it with the process, so a killed writer never leaves the store locked. A JSON
 * file beside it tells who holds it; it informs and decides nothing. It must be another file than the lock: POSIX drops
 * a process's locks on a file when it closes any descriptor of it.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { StoreLockedError } from '../../errors.js';
import { isAlive } from '../is-alive.js';
import { Connection } from './connection.js';

const LOCK_FILE = 'writer.lock';
const HOLDER_FILE = 'writer.json';
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 100;

const holderSchema = z.object({ pid: z.number().int(), host: z.string(), since: z.string() });
export type LockHolder = z.infer<typeof holderSchema>;

export interface LockOptions {
  readonly folder: string;
  /** Milliseconds to wait for another writer; 0 tries once. */
  readonly waitMs: number;
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
}

/** A held lock. */
export class WriterLock {
  private readonly folder: string;
  private readonly connection: Connection;

  private constructor(folder: string, connection: Connection) {
    this.folder = folder;
    this.connection = connection;
  }

  /** Throws StoreLockedError after `waitMs`, and the signal's reason when aborted. */
  static async acquire({ folder, waitMs, now, signal }: LockOptions): Promise<WriterLock> {
    signal?.throwIfAborted();
    const connection = new Connection(join(folder, LOCK_FILE), { readOnly: false, busyMs: 0 });
    try {
      let pause = FIRST_PAUSE_MS;
      for (
        let waited = 0;
        !connection.tryBegin('EXCLUSIVE');
        waited += pause, pause = Math.min(2 * pause, LONGEST_PAUSE_MS)
      ) {
        if (waited >= waitMs) throw lockedError(folder, lockHolder(folder));
        pause = Math.min(pause, waitMs - waited);
        await sleep(pause, undefined, signal === undefined ? {} : { signal });
      }
      const lock = new WriterLock(folder, connection);
      lock.announce({ pid: process.pid, host: hostname(), since: now().toISOString() });
      return lock;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  release(): void {
    if (!this.connection.isOpen) return;
    // Before the lock goes, so that it never removes what the next holder wrote.
    rmSync(join(this.folder, HOLDER_FILE), { force: true });
    this.connection.rollback();
    this.connection.close();
  }

  private announce(holder: LockHolder): void {
    const path = join(this.folder, HOLDER_FILE);
    try {
      writeFileSync(`${path}.tmp`, JSON.stringify(holder));
      renameSync(`${path}.tmp`, path);
    } catch {
      // A full disk must not keep a writer from deleting; waiting writers are then told less.
    }
  }
}

/** Who holds the lock as far as is known; a holder that has died on this host is not named. */
export function lockHolder(folder: string): LockHolder | undefined {
  let holder: LockHolder;
  try {
    holder = holderSchema.parse(JSON.parse(readFileSync(join(folder, HOLDER_FILE), 'utf8')));
  } catch {
    return undefined;
  }
  return holder.host === hostname() && !isAlive(holder.pid) ? undefined : holder;
}

function lockedError(folder: string, holder: LockHolder | undefined): StoreLockedError {
  const who =
    holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}, writing since ${holder.since}`;
  const remedy =
    holder === undefined ? 'Wait until it has ended' : `Wait until process ${holder.pid} has ended, or stop it`;
  return new StoreLockedError('STORE_LOCKED', `The store ${folder} is held by ${who}`, {
    place: { uri: folder },
    remedy: `${remedy}; reading commands work meanwhile.`,
  });
}
