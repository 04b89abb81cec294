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
import { SourceClaims } from './source-claims.js';
import { keptTurns, sharedTurns, type WriteTurns } from './write-turns.js';

/**
 * Brings a collection up to date with sources.
 *
 * Holds the store's writer for the whole run, or, on a store that several processes write at once, for each commit: then
 * any number of runs may share the same sources, each taking those that no other has claimed. Readers are never blocked,
 * and see the state of the last commit. Errors of a source are quarantined and reported in the summary; the others go on.
 *
 * @throws UsageError when the collection has another embedder (`EMBEDDER_MISMATCH`) or two sources have the same uri
 * @throws StoreLockedError when another writer holds the store for longer than `limits.writerWaitMs`; where runs share
 *   it, for longer than `limits.commitWaitMs`
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
  if (store.sharedWriting) {
    await using claims = new SourceClaims(store, collection, limits.claimMs);
    const run = await startRun(context, options, refs, sharedTurns(store, limits), (done) => claims.release(done));
    return await finishRun(run, refs, started, () => ingestShares(run, refs, claims));
  }
  await using lease = await store.acquireWriter({
    waitMs: limits.writerWaitMs,
    ...(signal === undefined ? {} : { signal }),
  });
  const run = await startRun(context, options, refs, keptTurns(lease));
  return await finishRun(run, refs, started, () => ingestAll(run, refs));
}

async function startRun(
  context: IngestContext,
  options: IngestOptions,
  refs: readonly SourceRef[],
  turns: WriteTurns,
  onCommitted: (done: readonly string[]) => Promise<void> = async () => {},
): Promise<IngestRun> {
  const { store, embedder } = context;
  const { collection, signal, batchPassages = DEFAULT_BATCH_PASSAGES } = options;
  const generation = await ensureCollection(store, turns, collection, embedder, signal);
  let run: IngestRun | undefined;
  const onForeign = (): void => run?.forgetStored();
  const writer = new BatchWriter(context, turns, { collection, batchPassages, generation, onCommitted, onForeign });
  const totals = { sources: refs.length, bytes: refs.reduce((sum, ref) => sum + ref.size, 0) };
  const failures = await store.failures(collection);
  run = new IngestRun(context, options, makeRecipe(options, EXTRACTOR), writer, totals, failures);
  return run;
}

async function finishRun(
  run: IngestRun,
  refs: readonly SourceRef[],
  started: number,
  work: () => Promise<void>,
): Promise<IngestSummary> {
  const { writer, options } = run;
  const { signal } = options;
  run.progress('plan');
  try {
    await work();
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

async function ingestAll(run: IngestRun, refs: readonly SourceRef[]): Promise<void> {
  const { writer, options } = run;
  const { signal } = options;
  for await (const opened of openAhead(refs, signal)) {
    signal?.throwIfAborted();
    await ingestSource(run, opened);
    run.passed(opened.ref.uri);
    writer.batch.done.push(opened.ref.uri);
    await writer.commitIfFull(signal);
    run.sources++;
    run.bytes += opened.ref.size;
    run.progress('read', opened.ref.uri);
  }
}

/** Like `ingestAll`, beside other processes that do the same. */
async function ingestShares(run: IngestRun, refs: readonly SourceRef[], claims: SourceClaims): Promise<void> {
  const { writer, context, options } = run;
  const { collection, signal } = options;
  const release = async (): Promise<void> => {
    if (writer.idle) await claims.release(writer.batch.done.splice(0));
  };
  const idle = async (): Promise<void> => {
    await writer.commit(signal);
    await release();
  };
  for await (const share of claims.shares(refs, idle, signal)) {
    const uris = share.map(({ uri }) => uri);
    const [failures] = await Promise.all([context.store.failures(collection), run.expect(uris)]);
    run.storedFailures(failures);
    await ingestAll(run, share);
    await release();
  }
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
