import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder with those above it; one that is there stays. Not `mkdirSync` with `recursive`: where a folder takes no
 * entries and says so by ENOENT (below /proc), Node tries for ever.
 *
 * @param folder an absolute path
 * @throws the system's error, as ENOENT, EACCES, ENOTDIR, EROFS
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let path = folder; !isFolder(path); path = dirname(path)) missing.push(path);
  for (const path of missing.reverse()) makeOne(path);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function makeOne(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process was faster.
    if (!isFolder(path)) throw error;
  }
}
