/** Reads of collections, and the making and deleting of them. */
import { UsageError } from '../../errors.js';
import type { CollectionInfo } from '../../ports/index.js';
import { collectionExists, collectionUnknown } from '../refusals.js';
import type { Counts, WrittenCollection } from './apply-batch.js';
import type { Neo4jConnection } from './connection.js';
import { compareTexts } from './indexed-text.js';
import { type CollectionProperties, toCollectionInfo } from './rows.js';
import { type Run, runIn } from './statement.js';
import * as statements from './statements/collection-statements.js';
import { int } from './values.js';

/** Longest name of a collection, in UTF-16 code units: it stands in every index. */
const LONGEST_NAME = 200;
/** Nodes deleted in one transaction. */
const DELETED_AT_ONCE = 5_000;
/** Removals remembered for readers of older generations; beyond it they load everything anew. */
const MOST_REMOVALS = 50_000;

export const NO_COUNTS: Counts = { documents: 0, passages: 0, entities: 0, relations: 0, mentions: 0, failures: 0 };

export type EmbedderStamp = CollectionInfo['embedder'];

interface CollectionRow {
  readonly collection: CollectionProperties;
}

export async function readCollections(run: Run): Promise<CollectionInfo[]> {
  const rows = await run<CollectionRow>(statements.ALL_COLLECTIONS, {});
  return rows.map(({ collection }) => toCollectionInfo(collection)).sort((a, b) => compareTexts(a.name, b.name));
}

export interface SeenCollection {
  readonly info: CollectionInfo;
  /** All of its generation is visible; false while a commit becomes so. */
  readonly whole: boolean;
}

export async function readCollection(run: Run, name: string): Promise<SeenCollection | undefined> {
  const [row] = await run<CollectionRow & { readonly clock: number | null }>(statements.COLLECTION, {
    collection: name,
  });
  if (row === undefined) return undefined;
  const info = toCollectionInfo(row.collection);
  return { info, whole: row.clock === 2 * info.generation };
}

/** Throws NotFoundError. */
export async function readGeneration(run: Run, name: string): Promise<number> {
  const [row] = await run<{ readonly generation: number }>(statements.GENERATION, { collection: name });
  if (row === undefined) throw collectionUnknown(name);
  return row.generation;
}

export interface FoundCollection {
  readonly info: CollectionInfo;
  /** Mark that the last write left. */
  readonly lastWrite: string;
}

/** What a write begins with. Throws NotFoundError. */
export async function readForWriting(run: Run, name: string): Promise<FoundCollection> {
  const [row] = await run<CollectionRow & { readonly lastWrite: string }>(statements.COLLECTION_FOR_WRITING, {
    collection: name,
  });
  if (row === undefined) throw collectionUnknown(name);
  return { info: toCollectionInfo(row.collection), lastWrite: row.lastWrite };
}

/** Ends a write. */
export async function updateCollection(run: Run, collection: WrittenCollection, write: string): Promise<void> {
  const { name, generation, counts } = collection;
  await run(statements.UPDATE_COLLECTION, {
    collection: name,
    generation: int(generation),
    write,
    ...countParameters(counts),
  });
}

/** Keeps the list of removed documents bounded, at the price that old readers load everything anew. */
export async function trimRemovals(run: Run, name: string): Promise<void> {
  await run(statements.TRIM_REMOVALS, { collection: name, most: int(MOST_REMOVALS) });
}

export interface NameState {
  readonly exists: boolean;
  readonly lastWrite: string | null;
  /** Generation that a collection of this name begins with: above every one the name has had. */
  readonly first: number;
  /** Content was left by an import or a deletion that did not end. */
  readonly unfinished: boolean;
}

export async function readNameState(run: Run, name: string): Promise<NameState> {
  const [row] = await run<{
    readonly exists: boolean;
    readonly lastWrite: string | null;
    readonly clock: number | null;
    readonly unfinished: boolean;
  }>(statements.NAME_STATE, { collection: name });
  const { exists, lastWrite, clock, unfinished } = row!;
  return { exists, lastWrite, unfinished, first: clock === null ? 0 : Math.ceil(clock / 2) + 1 };
}

/** Throws UsageError `COLLECTION_EXISTS`; `BAD_NAME` for one that does not fit the indexes. */
export function checkNew(name: string, { exists }: NameState): void {
  if (exists) throw collectionExists(name);
  if (name.length <= LONGEST_NAME) return;
  throw new UsageError('BAD_NAME', `The name of the collection has ${name.length} characters`, {
    remedy: `Choose a name of at most ${LONGEST_NAME} characters.`,
  });
}

/** Makes the collection visible, whole: what was loaded under its name is its content. */
export async function createCollection(
  run: Run,
  collection: WrittenCollection & { readonly embedder: string },
  write: string,
): Promise<void> {
  const { name, generation, embedder, dimensions, counts } = collection;
  await run(statements.CREATE_COLLECTION, {
    collection: name,
    generation: int(generation),
    logStart: int(generation),
    embedder,
    dimensions: int(dimensions),
    write,
    ...countParameters(counts),
  });
}

/** Deletes what stands under the name of a collection that is no more or not yet, piece by piece. */
export async function deleteContentOf(
  connection: Neo4jConnection,
  name: string,
  assertHeld: (run: Run) => Promise<void>,
): Promise<void> {
  for (let deleted = 1; deleted > 0; ) {
    deleted = await connection.write(async (tx) => {
      const run = runIn(tx);
      const parameters = { collection: name, most: int(DELETED_AT_ONCE) };
      const lists = await Promise.all(
        statements.DELETE_CONTENT.map((statement) => run<{ readonly deleted: number }>(statement, parameters)),
      );
      await assertHeld(run);
      const counts = lists.map(([row]) => row?.deleted ?? 0);
      // A full piece may have left more.
      return counts.some((count) => count === DELETED_AT_ONCE) ? 1 : 0;
    });
  }
}

function countParameters(counts: Counts): Record<string, unknown> {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, int(count)]));
}
