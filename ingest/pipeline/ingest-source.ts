/** One source: decide whether it is due, read it, describe its documents and put them into batches. */
import { setImmediate } from 'node:timers/promises';
import type { DocumentRecord } from '../../graph-schema/index.js';
import { LimitError, SourceError } from '../../src/errors.js';
import type { Failure } from '../../src/ports/index.js';
import { readSource } from '../read/read-source.js';
import type { ReadDocument, Source } from '../read/reader.js';
import { compareDocuments } from './compare-documents.js';
import { type DescribedPassage, describeDocument } from './describe-document.js';
import { type DocumentDraft, draftDocument, type SourceFacts } from './draft-document.js';
import { endsRun, failureOf } from './failure-of.js';
import { sourceHash } from './hashes.js';
import type { IngestRun } from './ingest-run.js';
import type { Opened } from './open-ahead.js';
import { PackedContribution } from './packed-contribution.js';
import { SourceReading } from './source-reading.js';

/** Passages described before other work of the process (requests, signals, a commit's next step) gets its turn. */
const PASSAGES_A_TURN = 8;

/** Passages of one document whose contributions are held as they are; those after them are packed. */
const UNPACKED_PASSAGES = 1_000;

/**
 * Ingests one source into the run's batches. Errors of the source become failures; only errors that end the run are
 * thrown.
 *
 * What is stored follows the bytes: when they can no longer be read as documents, or are over a limit, the documents
 * that they held before go. When the bytes cannot be had (locked, unreadable, being written), what is stored is kept.
 */
export async function ingestSource(run: IngestRun, opened: Opened): Promise<void> {
  const { uri, modified, given } = opened.ref;
  const { signal } = run.options;
  if ('error' in opened) {
    if (endsRun(opened.error, signal)) throw opened.error;
    if (opened.error instanceof LimitError) finishSource(run, await startReading(run, uri, ''), opened.error);
    else keepSource(run, uri, opened.error);
    return;
  }
  const { bytes, mediaType } = opened.source;
  const hash = sourceHash(bytes, { mediaType, modified, given }, run.recipe.hash);
  if (await isDone(run, uri, hash)) return;
  const reading = await startReading(run, uri, hash);
  let error: unknown;
  try {
    await readDocuments(run, opened.source, { uri, size: bytes.length, modified, given }, reading);
  } catch (thrown) {
    if (endsRun(thrown, signal)) throw thrown;
    error = thrown;
  }
  finishSource(run, reading, error);
}

/** True when these very bytes were read to their end before, or failed before; their failures are reported again. */
async function isDone(run: IngestRun, uri: string, hash: string): Promise<boolean> {
  const failures = run.failuresOf(uri);
  const whole = failures.find((failure) => failure.source === undefined);
  const { record, documents } = await run.withStored(uri, (stored) => stored);
  if (whole?.contentHash !== hash && record?.contentHash !== hash) return false;
  run.unchanged += documents.length;
  for (const failure of failures) {
    // The bytes can be had again and are what they were: a failure to open them is over.
    if (failure.contentHash === hash) run.report(failure);
    else run.writer.batch.resolved.push(failure.uri);
  }
  return true;
}

async function startReading(run: IngestRun, uri: string, hash: string): Promise<SourceReading> {
  return run.withStored(uri, ({ record, documents }) => {
    const reading = new SourceReading(uri, hash, record !== undefined, documents, run.context.clock);
    run.writer.begin(reading);
    return reading;
  });
}

async function readDocuments(
  run: IngestRun,
  source: Source,
  facts: SourceFacts,
  reading: SourceReading,
): Promise<void> {
  const { fields, signal } = run.options;
  const options = { limits: run.context.limits, ...(fields && { fields }), ...(signal && { signal }) };
  for await (const item of readSource(source, options)) {
    signal?.throwIfAborted();
    if ('error' in item) reading.failPart(item.part, item.error);
    else await takeDocument(run, item, facts, reading);
    await run.writer.commitIfFull(signal);
  }
}

async function takeDocument(
  run: IngestRun,
  read: ReadDocument,
  facts: SourceFacts,
  reading: SourceReading,
): Promise<void> {
  const draft = draftDocument(read, facts, run.recipe);
  if (!reading.see(draft.record.id)) return reading.failDuplicate(read.part);
  const before = reading.before(draft.record.id);
  const difference = before === undefined ? 'content' : compareDocuments(before, draft.record);
  if (difference === 'content') await putDocument(run, draft, before?.enabled ?? true);
  else if (difference !== 'nothing') run.writer.batch.records.push(storedRecord(run, draft, true));
  if (difference !== 'nothing') touch(run, reading);
  if (before === undefined) run.added++;
  else if (difference === 'content' || difference === 'record') run.updated++;
  else run.unchanged++;
}

async function putDocument(run: IngestRun, draft: DocumentDraft, enabled: boolean): Promise<void> {
  const { context, options, writer } = run;
  const passages: DescribedPassage[] = [];
  writer.batch.coming.add(draft.record.id);
  for (const { passage, contribution } of describeDocument(draft, run.recipe, context.extractor)) {
    const packed = passages.length < UNPACKED_PASSAGES ? contribution : new PackedContribution(contribution);
    passages.push({ passage, contribution: packed });
    run.passages++;
    if (run.passages % PASSAGES_A_TURN === 0) {
      await setImmediate();
      options.signal?.throwIfAborted();
    }
  }
  writer.batch.add({ document: storedRecord(run, draft, enabled), text: draft.read.text, passages });
}

function storedRecord(run: IngestRun, { record }: DocumentDraft, enabled: boolean): DocumentRecord {
  return { ...record, enabled, ingestedAt: run.context.clock().toISOString() };
}

/** With its first change a source's record goes: it would call a half-replaced source done, were its file put back. */
function touch(run: IngestRun, reading: SourceReading): void {
  if (reading.outdatesRecord()) run.writer.batch.removeSources.push(reading.uri);
}

/** The source's record and failures go into the transaction of its last document: only then is it done. */
function finishSource(run: IngestRun, reading: SourceReading, error: unknown): void {
  const { batch } = run.writer;
  const { uri, hash } = reading;
  const vanished = reading.vanished();
  batch.remove.push(...vanished);
  run.deleted += vanished.length;
  const failures = [...reading.failures()];
  if (error === undefined) batch.sources.push({ uri, contentHash: hash });
  else {
    touch(run, reading);
    failures.unshift(failureOf(uri, undefined, error, hash, run.context.clock()));
  }
  replaceFailures(run, uri, failures);
  run.writer.finish(reading);
}

function keepSource(run: IngestRun, uri: string, error: unknown): void {
  run.unread.add(uri);
  const failure = failureOf(uri, undefined, error, '', run.context.clock());
  // What does not exist is told once: a mistyped path must not stay in quarantine.
  const missing = error instanceof SourceError && error.code === 'FILE_NOT_FOUND';
  if (missing) run.report(failure);
  replaceFailures(run, uri, missing ? [] : [failure]);
}

function replaceFailures(run: IngestRun, source: string, failures: readonly Failure[]): void {
  const { batch } = run.writer;
  const before = run.failuresOf(source);
  for (const failure of failures) run.report(failure);
  // A file that fails on every run must not raise the generation on every run.
  if (before.length === failures.length && failures.every((failure) => before.some((old) => same(old, failure))))
    return;
  for (const failure of before) batch.resolved.push(failure.uri);
  batch.failures.push(...failures);
}

function same(a: Failure, b: Failure): boolean {
  return a.uri === b.uri && a.code === b.code && a.message === b.message && a.contentHash === b.contentHash;
}
