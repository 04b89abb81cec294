/** Changes the embedder of a collection without reading or extracting again. */
import { NotFoundError } from '../../src/errors.js';
import type { IngestProgress } from '../types.js';
import type { IngestContext } from './context.js';
import { embedPassages } from './embed-passages.js';
import { DEFAULT_BATCH_PASSAGES } from './options.js';

const NO_SOURCES = { sources: 0, totalSources: 0, bytes: 0, totalBytes: 0, documents: 0, quarantined: 0 };

export interface ReembedOptions {
  /** Passages embedded between two commits; default 500. */
  readonly batchPassages?: number | undefined;
  /** Stops at the next commit; the next call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
}

/**
 * Gives every passage vectors of `context.embedder` and stamps the collection with it. The new vectors are kept beside
 * the old ones until all are there; then one transaction puts them in use, so readers see either all old or all new.
 *
 * @returns passages embedded by this call; 0 when the collection has that embedder already
 * @throws NotFoundError when there is no such collection
 * @throws ModelError when the embedder fails; the next call goes on
 * @throws StoreLockedError
 */
export async function reembed(
  context: Pick<IngestContext, 'store' | 'index' | 'embedder' | 'limits'>,
  collection: string,
  options: ReembedOptions = {},
): Promise<{ readonly passages: number }> {
  const { store, embedder, limits } = context;
  const { signal } = options;
  const stamp = { id: embedder.id, dimensions: embedder.dimensions };
  await using lease = await store.acquireWriter({
    waitMs: limits.writerWaitMs,
    ...(signal === undefined ? {} : { signal }),
  });
  const info = await store.collection(collection);
  if (info === undefined) {
    throw new NotFoundError('COLLECTION_UNKNOWN', `There is no collection "${collection}".`, {
      remedy: 'List the collections with: hopwise collections',
    });
  }
  if (info.embedder.id === stamp.id && info.embedder.dimensions === stamp.dimensions) return { passages: 0 };

  let passages = 0;
  const report = (phase: IngestProgress['phase']): void =>
    options.onProgress?.({ ...NO_SOURCES, phase, passages, totalPassages: info.counts.passages });
  for (;;) {
    signal?.throwIfAborted();
    const due = await store.unstaged(collection, stamp.id, options.batchPassages ?? DEFAULT_BATCH_PASSAGES);
    if (due.length === 0) break;
    const vectors = await embedPassages(
      due.map(({ title, passage, sentences }) => ({ title, text: passage.text, sentences })),
      embedder,
      signal,
    );
    await lease.stageVectors(collection, stamp, new Map(due.map(({ passage }, i) => [passage.id, vectors[i]!])));
    passages += due.length;
    report('embed');
  }
  await lease.switchEmbedder(collection, stamp);
  report('index');
  await context.index.current(collection, { persist: true });
  report('done');
  return { passages };
}
