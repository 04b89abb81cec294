/** The share of one of several processes that ingest the same sources: what it claims, a few at a time. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphStore } from '../../src/ports/index.js';
import type { SourceRef } from '../walk/walk.js';

/** Sources and bytes claimed at once, at most. */
const SHARE_SOURCES = 128;
const SHARE_BYTES = 4 * 2 ** 20;
/** Of what is left, so that shares get smaller towards the end and the processes end together. */
const SHARE_OF_REST = 1 / 8;
const SMALLEST_SHARE = 8;
/** Sources looked at for one share. */
const WINDOW = 512;
const PAUSE_MS = 200;

export class SourceClaims implements AsyncDisposable {
  readonly #holder = randomUUID();
  readonly #held = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  /** @param ttlMs milliseconds after which others take over what a dead process had claimed; claims are renewed in time */
  constructor(
    private readonly store: Pick<GraphStore, 'claimSources' | 'releaseSources'>,
    private readonly collection: string,
    private readonly ttlMs: number,
  ) {
    this.#timer = setInterval(() => this.#renew(), ttlMs / 4);
    this.#timer.unref();
  }

  /**
   * Yields each source once, in shares, when no other process holds it. Ends when all were yielded: what others did
   * meanwhile comes too, for they may have died before it was stored.
   * @param idle called before waiting for others: they may wait for what this process has not committed yet
   */
  async *shares(
    refs: readonly SourceRef[],
    idle: () => Promise<void>,
    signal?: AbortSignal,
  ): AsyncGenerator<readonly SourceRef[]> {
    for (let pending = refs; pending.length > 0; ) {
      const denied: SourceRef[] = [];
      for (let at = 0; at < pending.length; ) {
        signal?.throwIfAborted();
        const window = pending.slice(at, at + WINDOW);
        const limit = shareOf(window, pending.length - at + denied.length);
        const granted = await this.#claim(window, limit);
        const last = window.findLastIndex(({ uri }) => granted.has(uri));
        // Behind the last one granted of a full share nobody was asked.
        const examined = granted.size === limit ? last + 1 : window.length;
        denied.push(...window.slice(0, examined).filter(({ uri }) => !granted.has(uri)));
        at += examined;
        if (granted.size > 0) yield window.filter(({ uri }) => granted.has(uri));
      }
      if (denied.length === pending.length) {
        await idle();
        await sleep(PAUSE_MS, undefined, signal === undefined ? {} : { signal });
      }
      pending = denied;
    }
  }

  /** Sources of which nothing is left to do. */
  async release(uris: readonly string[]): Promise<void> {
    if (uris.length === 0) return;
    for (const uri of uris) this.#held.delete(uri);
    await this.store.releaseSources(this.collection, this.#holder, uris);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    if (this.#held.size === 0) return;
    // Else the claims end by themselves.
    await this.store.releaseSources(this.collection, this.#holder).catch(() => {});
  }

  async #claim(window: readonly SourceRef[], limit: number): Promise<ReadonlySet<string>> {
    const claim = { holder: this.#holder, ttlMs: this.ttlMs, limit };
    const uris = window.map(({ uri }) => uri);
    const granted = await this.store.claimSources(this.collection, uris, claim);
    for (const uri of granted) this.#held.add(uri);
    return new Set(granted);
  }

  #renew(): void {
    if (this.#held.size === 0) return;
    const claim = { holder: this.#holder, ttlMs: this.ttlMs };
    // A failure passes, or another process does the same sources once more, to the same end.
    this.store.claimSources(this.collection, [...this.#held], claim).catch(() => {});
  }
}

/** Sources of a share, by their mean size. */
function shareOf(window: readonly SourceRef[], left: number): number {
  const bytes = window.reduce((sum, { size }) => sum + size, 0);
  const most = Math.min(SHARE_SOURCES, Math.max(SMALLEST_SHARE, Math.ceil(left * SHARE_OF_REST)));
  return Math.max(1, Math.min(most, Math.floor((SHARE_BYTES * window.length) / Math.max(1, bytes))));
}
