/**
 * Tells folders of one name apart. Uris begin with the name of the folder given, so that a corpus keeps its ids when it
 * is moved or copied; two folders of the same name would then overwrite each other. A source therefore remembers the path
 * it was read from: while that still exists, another path does not take its uri. When it is gone, the corpus was moved.
 */
import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { SourceError } from '../../src/errors.js';
import type { SourceRecord } from '../../src/ports/index.js';
import type { SourceRef } from '../walk/walk.js';

/** Why a source cannot be stored under its uri, if another file that exists is stored under it. */
export async function uriTaken(ref: SourceRef, stored: SourceRecord | undefined): Promise<SourceError | undefined> {
  const { uri, path } = ref;
  const origin = stored?.origin;
  if (origin === undefined || path === undefined || origin === path) return undefined;
  const [before, now] = [await real(origin), await real(path)];
  if (before === undefined || before === now) return undefined;
  return new SourceError(
    'URI_TAKEN',
    `${path} would replace ${uri}, which was read from ${origin} and is still there.`,
    {
      place: { uri },
      remedy: 'Ingest it into another collection (--collection), or rename one of the two folders.',
    },
  );
}

/** The folders in which the roots of a run lie. */
export function rootFolders(refs: readonly SourceRef[]): ReadonlySet<string> {
  return new Set(refs.flatMap(({ uri, path }) => (path === undefined ? [] : (folderAbove(path, uri) ?? []))));
}

/** True when a stored source was read from elsewhere than the roots of this run and is still there: it is not gone. */
export async function livesElsewhere({ uri, origin }: SourceRecord, roots: ReadonlySet<string>): Promise<boolean> {
  if (origin === undefined) return false;
  const above = folderAbove(origin, uri);
  return above !== undefined && !roots.has(above) && (await real(origin)) !== undefined;
}

/** `/home/ada` for the path `/home/ada/docs/a.md` of the uri `docs/a.md`; undefined when the uri was made otherwise. */
function folderAbove(path: string, uri: string): string | undefined {
  const slashed = path.replaceAll(sep, '/');
  return slashed.endsWith(`/${uri}`) ? slashed.slice(0, -uri.length - 1) : undefined;
}

async function real(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}
