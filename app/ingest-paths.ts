/** Ingests what a user names by path, once or whenever it changes. */
import { type IngestSummary, ingest, ingestChanges, type SourceRef, type WalkPath, walk } from '../ingest/index.js';
import type { Services } from './compose.js';
import { ingestContext } from './contexts.js';
import type { IngestCallOptions, WatchCallOptions } from './options.js';
import { pruned, resolvePaths } from './resolve-paths.js';
import { watchPaths } from './watch-paths.js';

type Resolved<T> = T & { readonly collection: string };

/** See `Hopwise.ingest`. */
export async function ingestPaths(
  services: Services,
  paths: readonly string[],
  options: Resolved<IngestCallOptions>,
): Promise<IngestSummary> {
  const roots = await resolve(services, paths, options);
  const prune = await pruned(roots, options);
  return ingest(await ingestContext(services), walkRoots(services, roots, options), { ...options, prune });
}

/** See `Hopwise.watch`. */
export async function ingestWatching(
  services: Services,
  paths: readonly string[],
  options: Resolved<WatchCallOptions>,
): Promise<number> {
  const roots = await resolve(services, paths, options);
  const changes = watchPaths(paths, { signal: options.signal, ignore: [services.folder] });
  const prune = await pruned(roots, { prune: true });
  const sources = (): AsyncIterable<SourceRef> => walkRoots(services, roots, options);
  return ingestChanges(await ingestContext(services), changes, sources, { ...options, prune });
}

function resolve({ folder }: Services, paths: readonly string[], { as, collection }: Resolved<IngestCallOptions>) {
  return resolvePaths(paths, { as, store: folder, collection });
}

function walkRoots(
  { limits, folder }: Services,
  roots: readonly WalkPath[],
  { signal, onWarning }: IngestCallOptions,
): AsyncIterable<SourceRef> {
  return walk(roots, { limits, exclude: [folder], signal, onWarning });
}
