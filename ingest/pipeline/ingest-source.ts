/** One source: decide whether it is due, read it, describe its documents and put them into batches. */
import { setImmediate } from 'node:timers/promises';
import { SourceError } from '../../src/errors.js';
import type { Failure } from '../../src/ports/index.js';
import { readSource } from '../read/read-source.js';
import type { ReadFailure, Source } from '../read/reader.js';
import type { DescribedPassage } from './describe-document.js';
import { describeDocument } from './describe-document.js';
import { type DocumentDraft, draftDocument, type SourceFacts } from './draft-document.js';
import { endsRun, failureOf } from './failure-of.js';
import { sourceHash } from './hashes.js';
import type { IngestRun } from './ingest-run.js';
import type { Opened } from './open-ahead.js';

/** Passages described before other work of the process (requests, signals) gets its turn. */
const PASSAGES_A_TURN = 32;

/** Failures of parts that are kept of one source; a file of the wrong kind would fail at every line. */
const MAX_PART_FAILURES = 1_000;

/**
 * Ingests one source into the run's batches. Errors of the source become failures; only errors that end the run are
 * thrown. What is stored of a source that fails now is kept: a file that is being copied or locked loses nothing.
 */
export async function ingestSource(run: IngestRun, opened: Opened): Promise<void> {
  const { ref } = opened;
  if ('error' in opened) return failSource(run, ref.uri, opened.error, '', []);
  const hash = sourceHash(opened.source.bytes, ref.modified, run.recipe.hash);
  if (await isDone(run, ref.uri, hash)) return;
  const failures: Failure[] = [];
  try {
    await readDocuments(
      run,
      opened.source,
      { uri: ref.uri, size: opened.source.bytes.length, modified: ref.modified },
      hash,
      failures,
    );
  } catch (error) {
    if (endsRun(error, run.options.signal)) throw error;
    failSource(run, ref.uri, error, hash, failures);
  }
}

/** True when this very source was read to its end before, or failed before; its old failures are reported again. */
async function isDone(run: IngestRun, uri: string, hash: string): Promise<boolean> {
  const { store } = run.context;
  const { collection } = run.options;
  const failures = run.failuresOf(uri);
  const whole = failures.find((failure) => failure.source === undefined);
  if (whole !== undefined && whole.contentHash === hash) {
    for (const failure of failures) run.report(failure);
    run.unread.add(uri);
    return true;
  }
  const known = await store.source(collection, uri);
  if (known?.contentHash !== hash) return false;
  run.unchanged += (await store.documentsOfSource(collection, uri)).length;
  // The source is again what it was when it was read: a failure in between is over.
  if (whole !== undefined) run.writer.batch.resolved.push(uri);
  for (const failure of failures) if (failure !== whole) run.report(failure);
  return true;
}

async function readDocuments(
  run: IngestRun,
  source: Source,
  facts: SourceFacts,
  hash: string,
  failures: Failure[],
): Promise<void> {
  const { options, context, writer } = run;
  const stored = await context.store.documentsOfSource(options.collection, facts.uri);
  const old = new Map(stored.map((document) => [document.id, document]));
  const seen = new Set<string>();
  let touched = false;
  for await (const item of readSource(source, readOptions(run))) {
    options.signal?.throwIfAborted();
    if ('error' in item) {
      addPartFailure(failures, item, facts.uri, hash, context.clock());
      continue;
    }
    const draft = draftDocument(item, facts, run.recipe);
    const { id, uri, contentHash } = draft.record;
    if (seen.has(id)) {
      addPartFailure(
        failures,
        { part: `${item.part} (again)`, error: duplicate(uri) },
        facts.uri,
        hash,
        context.clock(),
      );
      continue;
    }
    const before = old.get(id);
    if (before?.contentHash === contentHash) run.unchanged++;
    else {
      // A record of the state before would call a half-replaced source done, were its file put back.
      if (!touched) writer.batch.removeSources.push(facts.uri);
      touched = true;
      await putDocument(run, draft, before?.enabled ?? true);
      if (before === undefined) run.added++;
      else run.updated++;
    }
    seen.add(id);
    await writer.commitIfFull(options.signal);
  }
  for (const id of old.keys()) {
    if (seen.has(id)) continue;
    writer.batch.remove.push(id);
    run.deleted++;
  }
  finishSource(run, facts.uri, hash, failures);
  await writer.commitIfFull(options.signal);
}

function readOptions(run: IngestRun): Parameters<typeof readSource>[1] {
  const { fields, signal } = run.options;
  return {
    limits: run.context.limits,
    ...(fields === undefined ? {} : { fields }),
    ...(signal === undefined ? {} : { signal }),
  };
}

async function putDocument(run: IngestRun, draft: DocumentDraft, enabled: boolean): Promise<void> {
  const { context, options, writer } = run;
  const passages: DescribedPassage[] = [];
  for (const passage of describeDocument(draft, run.recipe, context.extractor)) {
    passages.push(passage);
    run.passages++;
    if (run.passages % PASSAGES_A_TURN === 0) {
      await setImmediate();
      options.signal?.throwIfAborted();
    }
  }
  const document = { ...draft.record, enabled, ingestedAt: context.clock().toISOString() };
  writer.batch.add({ document, text: draft.read.text, passages });
}

/** The source's record and failures go into the transaction of its last document: only then is it done. */
function finishSource(run: IngestRun, uri: string, hash: string, failures: readonly Failure[]): void {
  const { batch } = run.writer;
  batch.sources.push({ uri, contentHash: hash });
  replaceFailures(run, uri, failures);
}

function failSource(run: IngestRun, uri: string, error: unknown, hash: string, parts: readonly Failure[]): void {
  run.unread.add(uri);
  replaceFailures(run, uri, [failureOf(uri, undefined, error, hash, run.context.clock()), ...parts]);
}

function replaceFailures(run: IngestRun, source: string, failures: readonly Failure[]): void {
  const { batch } = run.writer;
  for (const failure of run.failuresOf(source)) batch.resolved.push(failure.uri);
  for (const failure of failures) {
    batch.failures.push(failure);
    run.report(failure);
  }
}

function addPartFailure(failures: Failure[], item: ReadFailure, source: string, hash: string, at: Date): void {
  if (failures.length > MAX_PART_FAILURES || failures.some((failure) => failure.uri === source + item.part)) return;
  const many = failures.length === MAX_PART_FAILURES;
  failures.push(
    many
      ? failureOf(`${source}#more`, source, tooManyFailures(source), hash, at)
      : failureOf(source + item.part, source, item.error, hash, at),
  );
}

function tooManyFailures(uri: string): SourceError {
  return new SourceError('TOO_MANY_FAILURES', `More than ${MAX_PART_FAILURES} parts of ${uri} could not be read.`, {
    place: { uri },
    remedy: 'Check that the file is what its extension says; the parts that could be read are stored.',
  });
}

function duplicate(uri: string): SourceError {
  return new SourceError('DUPLICATE_ID', `A second record has the id of ${uri}; the first is kept.`, {
    place: { uri },
    remedy: 'Give every record of the file its own id, or leave ids out.',
  });
}
