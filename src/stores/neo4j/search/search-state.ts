/** What search keeps of a collection as a whole, and its deletion. */
import type { CollectionInfo } from '../../../ports/index.js';
import type { Neo4jConnection } from '../connection.js';
import { runAlone } from '../statement.js';
import { int } from '../values.js';
import { searchNames } from './names.js';
import * as statements from './statements.js';

const DELETED_AT_ONCE = 5_000;

export interface SearchState {
  readonly generation: number;
  readonly embedder: string;
  readonly dimensions: number;
  readonly documents: number;
  readonly passages: number;
  readonly length: number;
  readonly linked: number;
  readonly counted: number;
  readonly drift: number;
  /** JSON of passages by language. */
  readonly languages: string;
}

/** Whether the search shows the collection as it is; the counts tell a store that was put back to an earlier state. */
export function isCurrent(state: SearchState, { generation, embedder, counts }: CollectionInfo): boolean {
  return (
    state.generation === generation &&
    state.embedder === embedder.id &&
    state.documents === counts.documents &&
    state.passages === counts.passages
  );
}

/** Counts while batches are put. */
export class SearchCounts {
  languages: Map<string, number>;
  documents: number;
  passages: number;
  length: number;
  drift: number;

  constructor(from: Pick<SearchCounts, 'languages' | 'documents' | 'passages' | 'length' | 'drift'>) {
    this.languages = new Map(from.languages);
    ({ documents: this.documents, passages: this.passages, length: this.length, drift: this.drift } = from);
  }

  static of(state: SearchState): SearchCounts {
    const languages = new Map(Object.entries(JSON.parse(state.languages) as Record<string, number>));
    return new SearchCounts({ ...state, languages });
  }

  add(language: string, length: number, by: 1 | -1): void {
    this.languages.set(language, (this.languages.get(language) ?? 0) + by);
    this.passages += by;
    this.length += by * length;
  }
}

/** Deletes what is kept of a collection but its state, in pieces. */
export async function clearSearch(
  alone: (statement: string, parameters: Record<string, unknown>) => Promise<readonly unknown[]>,
): Promise<void> {
  for (;;) {
    const [row] = (await alone(statements.CLEAR, { most: int(DELETED_AT_ONCE) })) as { readonly deleted: number }[];
    if ((row?.deleted ?? 0) < DELETED_AT_ONCE) return;
  }
}

/** Deletes everything that is kept of a collection. */
export async function forgetSearch(connection: Neo4jConnection, collection: string): Promise<void> {
  const { words, vectors } = searchNames(collection);
  const alone = async (statement: string, parameters: Record<string, unknown>): Promise<readonly unknown[]> => {
    const { records } = await connection.run('WRITE', statement, { collection, ...parameters });
    return records.map((record) => record.toObject());
  };
  await alone(`DROP INDEX ${words} IF EXISTS`, {});
  await alone(`DROP INDEX ${vectors} IF EXISTS`, {});
  await clearSearch(alone);
  await alone(statements.FORGET_STATE, {});
}

export async function readState(
  connection: Neo4jConnection,
  collection: string,
): Promise<{ readonly generation: number; readonly clock: number; readonly state: SearchState | null } | undefined> {
  const [row] = await runAlone(connection)<{
    readonly collection: { readonly generation: number };
    readonly clock: number;
    readonly state: SearchState | null;
  }>(statements.STATE, { collection });
  return row === undefined ? undefined : { generation: row.collection.generation, clock: row.clock, state: row.state };
}
