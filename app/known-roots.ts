/**
 * Remembers which folder each name in uris stands for, so that a second folder of the same name does not silently replace
 * the documents of the first (docs/decisions/0002). Kept beside the store, per collection; losing it costs only the check.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../src/index.js';

const FILE = 'roots.json';

/** Absolute folder by collection and name. */
type Roots = Record<string, Record<string, string>>;

async function readRoots(folder: string): Promise<Roots> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text) as Roots;
  } catch {
    return {};
  }
}

/**
 * Checks that every name stands for the folder it stood for before, and remembers new ones. A folder that is gone has moved:
 * its name is free.
 * @param roots name in uris and path of each folder
 * @throws UsageError ROOT_NAME_TAKEN
 */
export async function claimRoots(
  store: string,
  collection: string,
  roots: readonly { readonly name: string; readonly path: string }[],
): Promise<void> {
  const all = await readRoots(store);
  const known = all[collection] ?? {};
  let changed = false;
  for (const { name, path } of roots) {
    const absolute = resolve(path);
    const before = Object.hasOwn(known, name) ? known[name] : undefined;
    if (before === absolute) continue;
    if (before !== undefined && existsSync(before)) {
      throw new UsageError('ROOT_NAME_TAKEN', `"${name}" already stands for ${before}; ${absolute} would replace it`, {
        place: { uri: path },
        remedy:
          'Give the folder another name in uris with --as NAME (or the same name, to replace), or use another --collection.',
      });
    }
    known[name] = absolute;
    changed = true;
  }
  if (!changed) return;
  all[collection] = known;
  await mkdir(store, { recursive: true });
  const temporary = join(store, `${FILE}.${process.pid}.tmp`);
  await writeFile(temporary, `${JSON.stringify(all, null, 1)}\n`);
  await rename(temporary, join(store, FILE));
}
