/** Where indexes of stores lie that are no folder themselves. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { contentHash } from '../graph-schema/index.js';

/**
 * A folder for one store, by its identity: the same however it is addressed, another one for a store made anew.
 * @param configured folder of all of them; default: hopwise's in the system's folder for caches
 */
export function cacheFolder(
  configured: string | undefined,
  identity: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  return join(configured ?? join(systemCaches(env, platform), 'hopwise'), contentHash(identity).slice(0, 16));
}

function systemCaches(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}
