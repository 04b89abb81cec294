/**
 * The ingest workflow: plan -> read -> split -> describe -> embed -> fold -> commit -> index. Each step is an operation
 * of its own file; this one only joins them.
 *
 * What is stored is a function of the sources alone: a run that is interrupted, repeated, batched or ordered otherwise
 * ends in the same store and index. There is no job log: a source whose record holds its present hash is done, and a
 * document whose content hash is stored is done.
 */
import { UsageError } from '../../src/errors.js';
import { EXTRACTOR } from '../extract/extractor.js';
import type { IngestSummary } from '../types.js';
import type { SourceRef } from '../walk/walk.js';
import { BatchWriter } from './batch-writer.js';
import type { IngestContext } from './context.js';
import { ensureCollection } from './ensure-collection.js';
import { IngestRun } from './ingest-run.js';
import { ingestSource } from './ingest-source.js';
import { openAhead } from './open-ahead.js';
import { DEFAULT_BATCH_PASSAGES, type IngestOptions } from './options.js';
import { prune } from './prune.js';
import { makeRecipe } from './recipe.js';

/**
 * Brings a collection up to date with sources.
 *
 * Holds the store's writer for the whole run; readers are never blocked, and see the state of the last commit. Errors
 * of a source are quarantined and reported in the summary; the others go on.
 *
 * @throws UsageError when the collection has another embedder (`EMBEDDER_MISMATCH`) or two sources have the same uri
 * @throws StoreLockedError when another writer holds the store for longer than `limits.writerWaitMs`
 * @throws StoreError when the store is full or lost: what was committed stays, the next run goes on
 * @throws ModelError when the embedder fails; likewise
 */
export async function ingest(
  context: IngestContext,
  sources: AsyncIterable<SourceRef> | Iterable<SourceRef>,
  options: IngestOptions,
): Promise<IngestSummary> {
  const started = context.clock().getTime();
  const { store, limits } = context;
  const { collection, signal } = options;
  const refs = await plan(sources, signal);

  await using lease = await store.acquireWriter({
    waitMs: limits.writerWaitMs,
    ...(signal === undefined ? {} : { signal }),
  });
  await ensureCollection(store, lease, collection, context.embedder);
  const writer = new BatchWriter(context, lease, collection, options.batchPassages ?? DEFAULT_BATCH_PASSAGES);
  const totals = { sources: refs.length, bytes: refs.reduce((sum, ref) => sum + ref.size, 0) };
  const failures = await store.failures(collection);
  const run = new IngestRun(context, options, makeRecipe(options, EXTRACTOR), writer, totals, failures);
  run.progress('plan');

  try {
    for await (const opened of openAhead(refs, signal)) {
      signal?.throwIfAborted();
      await ingestSource(run, opened);
      await writer.commitIfFull(signal);
      run.sources++;
      run.bytes += opened.ref.size;
      run.progress('read', opened.ref.uri);
    }
    if (options.prune !== undefined) {
      await prune(run, options.prune.prefixes, new Set(refs.map((ref) => ref.uri)));
    }
    await writer.commit(signal);
  } catch (error) {
    await keepFinished(writer, signal?.aborted === true);
    throw error;
  }

  run.progress('index');
  await writer.persistIndex();
  run.progress('done');
  return summarise(run, started);
}

/** All sources before the first is read, so that progress has totals and pruning knows what is there. */
async function plan(
  sources: AsyncIterable<SourceRef> | Iterable<SourceRef>,
  signal: AbortSignal | undefined,
): Promise<SourceRef[]> {
  const refs = new Map<string, SourceRef>();
  for await (const ref of sources) {
    signal?.throwIfAborted();
    if (refs.has(ref.uri)) {
      throw new UsageError('DUPLICATE_URI', `Two sources of this run have the uri ${ref.uri}.`, {
        place: { uri: ref.uri },
        remedy: 'Ingest them in separate collections, or rename one of the two.',
      });
    }
    refs.set(ref.uri, ref);
  }
  return [...refs.values()];
}

/**
 * After an interruption, documents that were described whole are stored, unless that needs the embedder's endpoint. The
 * index is persisted in any case: else every later question would fold what the run committed.
 */
async function keepFinished(writer: BatchWriter, interrupted: boolean): Promise<void> {
  try {
    if (interrupted) await writer.commit(AbortSignal.abort());
  } catch {
    // The interruption is what the caller hears of; the next run does the rest again.
  }
  // A full disk holds no index either; the first error tells more than a second.
  await writer.persistIndex().catch(() => undefined);
}

async function summarise(run: IngestRun, started: number): Promise<IngestSummary> {
  const { store, clock } = run.context;
  const { counts } = (await store.collection(run.options.collection))!;
  return {
    documents: counts.documents,
    passages: counts.passages,
    entities: counts.entities,
    relations: counts.relations,
    added: run.added,
    unchanged: run.unchanged,
    updated: run.updated,
    deleted: run.deleted,
    quarantined: run.quarantined(),
    seconds: (clock().getTime() - started) / 1000,
  };
}
