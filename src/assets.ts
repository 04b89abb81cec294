/** Finds files shipped in the package's `assets` folder, from the sources as from `dist`. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let root: string | undefined;

/** Absolute path of the package's folder. */
export function packageRoot(): string {
  if (root !== undefined) return root;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  root = folder;
  return folder;
}

/** Absolute path of a shipped file, e.g. `assetPath('ranker.json')`. */
export function assetPath(name: string): string {
  return join(packageRoot(), 'assets', name);
}

/** Absolute path of the folder of the query book. */
export function queryBookPath(): string {
  return join(packageRoot(), 'queries', 'book');
}

/** Version of the package, as its manifest says. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string }).version;
}
