/** A disk that is soon full: a small file system in memory as root, else a limit on what the server's files may hold. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownServer } from './own-server.js';
import type { OwnServer } from './server.js';

export interface SmallDisk extends AsyncDisposable {
  readonly server: OwnServer;
  /** Makes room, as an operator would, and restarts the server. */
  enlarge(): Promise<void>;
}

const SMALL_MEGABYTES = 48;
const LARGE_MEGABYTES = 400;
const SMALL_FILE_BYTES = 12_000_000;

export async function smallDisk(): Promise<SmallDisk> {
  return process.getuid?.() === 0 ? smallFileSystem() : smallFiles();
}

async function smallFileSystem(): Promise<SmallDisk> {
  const home = mkdtempSync(join(tmpdir(), 'hopwise-small-disk-'));
  const data = join(home, 'data');
  mkdirSync(data);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_MEGABYTES}m`, 'hopwise', data]);
  const remove = (): void => {
    execFileSync('umount', ['--lazy', data]);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const server = await ownServer({ home });
    return {
      server,
      enlarge: async () => {
        execFileSync('mount', ['-o', `remount,size=${LARGE_MEGABYTES}m`, data]);
        await server.kill();
        await server.start();
      },
      [Symbol.asyncDispose]: async () => {
        await server[Symbol.asyncDispose]();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function smallFiles(): Promise<SmallDisk> {
  const server = await ownServer();
  try {
    // Of util-linux: lowering a limit of one's own process needs no rights.
    execFileSync('prlimit', [`--pid=${server.pid}`, `--fsize=${SMALL_FILE_BYTES}`]);
  } catch (cause) {
    await server[Symbol.asyncDispose]();
    throw new Error('the full disk needs root (a tmpfs) or prlimit of util-linux', { cause });
  }
  return {
    server,
    enlarge: async () => {
      await server.kill();
      await server.start();
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
