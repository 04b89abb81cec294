/** Removes what is stored under the walked roots and is no longer there. */
import type { IngestRun } from './ingest-run.js';

const PAGE = 500;

/** True for the prefix itself and for all below it; folders may be given with or without their last `/`. */
function isUnder(uri: string, prefix: string): boolean {
  return uri === prefix || prefix === '' || uri.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}

/**
 * Puts removals into the run's batches: documents, source records and failures under `prefixes` whose source is not in
 * `given`. What lies at or below a source that could not be read is kept.
 */
export async function prune(run: IngestRun, prefixes: readonly string[], given: ReadonlySet<string>): Promise<void> {
  const { store } = run.context;
  const { collection, signal } = run.options;
  const unread = [...run.unread];
  const gone = (source: string): boolean =>
    !given.has(source) &&
    prefixes.some((prefix) => isUnder(source, prefix)) &&
    !unread.some((uri) => isUnder(source, uri));

  await run.writer.refresh(signal);
  // By documents first: an interrupted run leaves documents whose source has no record yet.
  for (let after: string | undefined, more = true; more; ) {
    const page = await store.documents(collection, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { document } of page.items) {
      if (!gone(document.source ?? document.uri)) continue;
      if (run.writer.foreign.has(document.id)) continue;
      run.writer.batch.remove.push(document.id);
      run.writer.batch.pruned.add(document.id);
      run.deleted++;
    }
    await run.writer.commitIfFull(signal);
    after = page.next;
    more = after !== undefined;
  }
  for (let after: string | undefined, more = true; more; ) {
    const page = await store.sources(collection, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { uri } of page.items) {
      if (!gone(uri) || run.writer.foreign.hasOf(uri)) continue;
      run.writer.batch.removeSources.push(uri);
      run.writer.batch.prunedSources.add(uri);
    }
    after = page.next;
    more = after !== undefined;
  }
  for (const source of run.failedSources()) {
    if (gone(source)) for (const failure of run.failuresOf(source)) run.writer.batch.resolved.push(failure.uri);
  }
}
