/** Where downloads of the test server are kept between runs, and a lock for processes that fill it at the same time. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PINNED = /<neo4j\.version>([\d.]+)</.exec(readFileSync(new URL('pom.xml', import.meta.url), 'utf8'))![1]!;

/** The pinned release, or the one of `HOPWISE_TEST_NEO4J` to try another, e.g. 2026.08.1. */
export const NEO4J_VERSION = process.env['HOPWISE_TEST_NEO4J'] || PINNED;

/** Releases named by the calendar (from 2025 on) need Java 21, and their server starts by another class. */
export const IS_CALENDAR_RELEASE = Number.parseInt(NEO4J_VERSION, 10) >= 2025;

/** `$XDG_CACHE_HOME/hopwise/neo4j-VERSION`, or below `~/.cache`; made when missing. */
export function cacheFolder(): string {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'hopwise', `neo4j-${NEO4J_VERSION}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

const POLL_MS = 200;
/** A lock without a readable owner is a maker that died between two system calls. */
const OWNERLESS_MS = 10_000;

/** Runs `work` while no other process runs work under the same name; a lock left by a dead process is taken over. */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(cacheFolder(), `${name}.lock`);
  while (!taken(lock)) {
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true });
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
  } catch {
    return false;
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  return true;
}

function isAbandoned(lock: string): boolean {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    if (pid > 0) return !isAlive(pid);
    return Date.now() - statSync(lock).mtimeMs > OWNERLESS_MS;
  } catch {
    const age = statSync(lock, { throwIfNoEntry: false });
    return age !== undefined && Date.now() - age.mtimeMs > OWNERLESS_MS;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
