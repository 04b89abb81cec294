/**
 * Where a child's engine puts aside what does not fit into memory: a folder for each child beside the graph files. The
 * engine makes one of its own as soon as it opens a file and removes it only when it closes the file, which a child that
 * is ended at a limit never does; so whoever started the child removes its folder after it.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentHash } from '../../../graph-schema/index.js';
import { isAlive } from '../is-alive.js';

/** `spill-HOST-PID-RANDOM`, of the process that started the child. */
const NAME = /^spill-([0-9a-f]{8})-(\d+)-\w+$/;
const HOST = contentHash('host', hostname()).slice(0, 8);
/** Milliseconds after which a folder of another host, whose processes are not known here, is no longer used. */
const FOREIGN_MS = 24 * 60 * 60_000;

/** Paths of the children that live. */
const used = new Set<string>();

/** Makes a folder in `folder` for a new child, and removes those that killed processes left there. */
export function makeSpillFolder(folder: string): string {
  const made = madeIn(folder);
  used.add(made);
  return made;
}

function madeIn(folder: string): string {
  const name = `spill-${HOST}-${process.pid}-`;
  try {
    mkdirSync(folder, { recursive: true });
    for (const found of readdirSync(folder)) if (isLeft(folder, found)) removeSpillFolder(join(folder, found));
    return mkdtempSync(join(folder, name));
  } catch {
    // Graph files on a disk that takes no writes can still be read.
    return mkdtempSync(join(tmpdir(), `hopwise-${name}`));
  }
}

/** Tells other hosts that the folder is used. */
export function touchSpillFolder(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // The collection was deleted, and the folder with it.
  }
}

/** Removes a folder; for when its child has ended, however it ended. */
export function removeSpillFolder(path: string): void {
  used.delete(path);
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // The disk has become read-only; the next start of a child tries again.
  }
}

function isLeft(folder: string, name: string): boolean {
  const [, host, pid] = NAME.exec(name) ?? [];
  if (host === undefined) return false;
  const path = join(folder, name);
  if (host !== HOST) return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > FOREIGN_MS;
  return Number(pid) === process.pid ? !used.has(path) : !isAlive(Number(pid));
}
