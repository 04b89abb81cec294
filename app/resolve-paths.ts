/** What a user names on the command line or in a call, as the walk takes it. */
import { existsSync } from 'node:fs';
import { rootUris, type WalkPath } from '../ingest/index.js';
import { UsageError } from '../src/index.js';
import { claimRoots } from './known-roots.js';

/** The path that stands for standard input. */
const STDIN = '-';

export interface ResolveOptions {
  /** Name of the one path in uris; given, it may stand for another folder than before. */
  readonly as?: string | undefined;
  readonly store: string;
  readonly collection: string;
}

/**
 * Checks that each path exists and that its name in uris stands for no other folder.
 * @throws UsageError ONE_PATH_EXPECTED, PATH_NOT_FOUND, ROOT_NAME_TAKEN
 */
export async function resolvePaths(paths: readonly string[], options: ResolveOptions): Promise<WalkPath[]> {
  const { as, store, collection } = options;
  if (as !== undefined && paths.length !== 1) {
    throw new UsageError('ONE_PATH_EXPECTED', '"as" names one path, and several were given', {
      place: { field: 'as' },
      remedy: 'Ingest each folder in a call of its own.',
    });
  }
  const missing = paths.find((path) => path !== STDIN && !existsSync(path));
  if (missing !== undefined) {
    throw new UsageError('PATH_NOT_FOUND', `there is no file or folder "${missing}"`, {
      place: { uri: missing },
      remedy: 'Correct the path; nothing was ingested.',
    });
  }
  if (as !== undefined) return [{ path: paths[0]!, as }];
  const named = paths.filter((path) => path !== STDIN);
  const names = await rootUris(named);
  await claimRoots(
    store,
    collection,
    named.map((path, i) => ({ name: names[i]!, path })),
  );
  return [...paths];
}

/** The `prune` option of an ingest, undefined when nothing is to be pruned. */
export async function pruned(roots: readonly WalkPath[], options: { readonly prune?: boolean | undefined }) {
  return options.prune === true ? { prefixes: await rootUris(roots) } : undefined;
}
