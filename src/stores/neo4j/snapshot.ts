/**
 * One generation of a collection, read from a server that has no snapshots: everything is read, then once more what
 * changed meanwhile, until nothing did. A commit touches few documents, so each round is shorter than the one before.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../../errors.js';
import type { CollectionInfo } from '../../ports/index.js';
import { collectionUnknown } from '../refusals.js';
import { type DocumentEntry, readInto } from './read-bundles.js';
import { type CollectionProperties, toCollectionInfo } from './rows.js';
import type { Spool } from './spool.js';
import type { Run } from './statement.js';
import * as changes from './statements/change-statements.js';
import { COLLECTION_AT_REST } from './statements/collection-statements.js';
import { int } from './values.js';

const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 200;
const MOST_ROUNDS = 100;

export interface AtRest {
  readonly info: CollectionInfo;
  readonly logStart: number;
}

/** The collection at a moment when no commit was becoming visible. Throws NotFoundError. */
export async function atRest(run: Run, name: string): Promise<AtRest> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const [row] = await run<{
      readonly collection: CollectionProperties;
      readonly logStart: number;
      readonly clock: number | null;
      readonly late: boolean | null;
    }>(COLLECTION_AT_REST, { collection: name });
    if (row === undefined) throw collectionUnknown(name);
    const info = toCollectionInfo(row.collection);
    if (row.clock === null || row.clock === 2 * info.generation || row.late === true)
      return { info, logStart: row.logStart };
    await sleep(pause);
  }
}

export interface SnapshotRequest {
  /** Reads documents changed after it; -1: all. */
  readonly since: number;
  /** Also those whose mentions alone changed. */
  readonly refolded: boolean;
  readonly texts: boolean;
  readonly mentions: boolean;
  /** Contributions and vectors; else passages have their id and place alone. */
  readonly data: boolean;
}

/**
 * Fills the spool with the documents of one generation and gives that generation's collection.
 * @param also reads whatever else belongs to the generation, after the documents of each round
 */
export async function readSnapshot<T>(
  run: Run,
  name: string,
  start: AtRest,
  request: SnapshotRequest,
  spool: Spool<DocumentEntry>,
  also: (now: AtRest) => Promise<T>,
): Promise<{ readonly now: AtRest; readonly rest: T }> {
  let { since } = request;
  let now = start;
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    const parameters = { collection: name, since: int(since) };
    const [changed, refolded, removed] = await Promise.all([
      run<DocumentHead>(since < 0 ? changes.ALL_DOCUMENTS : changes.CHANGED_DOCUMENTS, parameters),
      request.refolded && since >= 0 ? run<DocumentHead>(changes.REFOLDED_DOCUMENTS, parameters) : [],
      round > 1 ? run<{ readonly id: string }>(changes.REMOVED_DOCUMENTS, parameters) : [],
    ]);
    for (const { id } of removed) spool.delete(id);
    const heads = new Map([...changed, ...refolded].map((head) => [head.id, head]));
    const whole = await readInto(spool, run, name, [...heads.values()], request);
    const rest = await also(now);
    const after = await atRest(run, name);
    if (after.info.generation === now.info.generation) {
      if (whole) return { now: after, rest };
      // No commit explains it: it is damage, which `check` names.
      throw torn(name);
    }
    since = now.info.generation;
    if (after.logStart > since) {
      // The collection was deleted and made again, or forgot what was removed.
      spool.clear();
      since = -1;
    }
    now = after;
  }
  throw new StoreError('COLLECTION_CHANGING', `The collection ${name} is written faster than it can be read`, {
    remedy: 'Try again when fewer processes write at the same time.',
  });
}

export interface DocumentHead {
  readonly id: string;
  readonly generation: number;
  readonly passages: number;
  readonly characters: number;
}

function torn(name: string): StoreError {
  return new StoreError('STORE_CORRUPT', `Documents of ${name} lack passages`, {
    remedy: 'Run `hopwise doctor`, and ingest the documents that it names again; the sources are untouched.',
  });
}
