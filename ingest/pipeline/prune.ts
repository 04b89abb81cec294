/** Removes what is stored under the walked roots and is no longer there. */
import type { Page, PageRequest } from '../../src/ports/index.js';
import type { SourceRef } from '../walk/walk.js';
import type { IngestRun } from './ingest-run.js';
import { livesElsewhere, rootFolders } from './origins.js';

const PAGE = 500;

/** True for the prefix itself and for all below it; folders may be given with or without their last `/`. */
function isUnder(uri: string, prefix: string): boolean {
  return uri === prefix || prefix === '' || uri.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}

/**
 * Puts removals into the run's batches: documents, source records and failures under `prefixes` whose source is not
 * among those given. What lies at or below a source that could not be read is kept, and so is what comes from another
 * folder of the same name.
 */
export async function prune(run: IngestRun, prefixes: readonly string[], given: readonly SourceRef[]): Promise<void> {
  const { store } = run.context;
  const { collection, signal } = run.options;
  const isGone = goneTest(run, prefixes, given);

  // By documents first: an interrupted run leaves documents whose source has no record yet.
  for await (const { document } of allPages((page) => store.documents(collection, page))) {
    if (await isGone(document.source ?? document.uri)) {
      run.writer.batch.remove.push(document.id);
      run.deleted++;
      await run.writer.commitIfFull(signal);
    }
  }
  for await (const { uri } of allPages((page) => store.sources(collection, page))) {
    if (await isGone(uri)) run.writer.batch.removeSources.push(uri);
  }
  for (const source of run.failedSources()) {
    if (!(await isGone(source))) continue;
    for (const failure of run.failuresOf(source)) run.writer.batch.resolved.push(failure.uri);
  }
}

/** Tells whether a source is gone; remembers the last answer, as the parts of a source come together. */
function goneTest(
  run: IngestRun,
  prefixes: readonly string[],
  given: readonly SourceRef[],
): (source: string) => Promise<boolean> {
  const present = new Set(given.map(({ uri }) => uri));
  const roots = rootFolders(given);
  const unread = [...run.unread];
  let last: { source: string; gone: boolean } | undefined;
  return async (source) => {
    if (last?.source === source) return last.gone;
    const candidate =
      !present.has(source) &&
      prefixes.some((prefix) => isUnder(source, prefix)) &&
      !unread.some((uri) => isUnder(source, uri));
    const record = candidate ? await run.context.store.source(run.options.collection, source) : undefined;
    const gone = candidate && (record === undefined || !(await livesElsewhere(record, roots)));
    last = { source, gone };
    return gone;
  };
}

/** All items of a list that comes in pages. */
async function* allPages<T>(read: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<T> {
  for (let after: string | undefined; ; ) {
    const page = await read({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page.items;
    if (page.next === undefined) return;
    after = page.next;
  }
}
