/** The names under which the roots of a walk appear in uris. */
import { stat } from 'node:fs/promises';
import { isAbsolute, resolve, sep } from 'node:path';

/** A path to walk; `as` replaces the folder's name in uris, the empty string leaves it out. */
export type WalkPath = string | { readonly path: string; readonly as: string };

export interface Root {
  /** Absolute; `-` for standard input. */
  readonly path: string;
  /** Of a file: its uri. Of a folder: what stands before the paths inside it, ending in `/` unless empty. */
  readonly prefix: string;
}

function segments(path: string): string[] {
  return resolve(path)
    .split(sep)
    .filter((part) => part !== '');
}

/** The last `count` names of a path, `/` between them, in the composed form of Unicode that most systems store. */
function tail(path: string, count: number): string {
  return segments(path).slice(-count).join('/').normalize('NFC');
}

/** As many names from the end of each path as tell those apart that share the last one. */
function distinctNames(paths: readonly string[]): string[] {
  const unique = [...new Set(paths.map((path) => resolve(path)))];
  return paths.map((path) => {
    const own = resolve(path);
    for (let count = 1; count <= segments(own).length; count++) {
      const name = tail(own, count);
      if (unique.every((other) => other === own || tail(other, count) !== name)) return name;
    }
    return tail(own, Number.POSITIVE_INFINITY) || 'root';
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** Resolves what the user named. */
export async function rootsOf(paths: readonly WalkPath[]): Promise<Root[]> {
  const plain = paths.map((path) => (typeof path === 'string' ? path : path.path));
  const names = distinctNames(plain.filter((path) => path !== '-'));
  const roots: Root[] = [];
  let next = 0;
  for (const [i, path] of plain.entries()) {
    const given = paths[i]!;
    if (path === '-') {
      roots.push({ path, prefix: typeof given === 'string' ? 'stdin' : given.as });
      continue;
    }
    const name = typeof given === 'string' ? names[next]! : given.as.replace(/\/+$/, '');
    next++;
    const absolute = isAbsolute(path) ? path : resolve(path);
    const folder = await isFolder(absolute);
    roots.push({
      path: resolve(absolute),
      prefix: folder && name !== '' ? `${name}/` : folder ? '' : name || tail(absolute, 1),
    });
  }
  return roots;
}

/**
 * What every uri from each path begins with: `docs/` for a folder, the uri itself for a file. A document belongs to a
 * file's uri if it is equal or goes on with `#` or `!/`.
 */
export async function rootUris(paths: readonly WalkPath[]): Promise<string[]> {
  return (await rootsOf(paths)).map(({ prefix }) => prefix);
}
