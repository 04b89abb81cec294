/** What must hold of a store after any kill, and what two stores of the same documents have in common. */
import assert from 'node:assert/strict';
import type { Mention } from '../../graph-schema/index.js';
import { MentionFold } from '../../src/graph/mention-fold.js';
import type { GraphStore } from '../../src/ports/index.js';
import { indexDigest, rebuiltIndexDigest, storedDocuments } from '../ingest/pipeline/snapshot.js';
import { COLLECTION, openContext } from './workshop.js';

/** Everything of a store that is compared: the export without its header, and the index. */
export interface State {
  readonly records: readonly string[];
  readonly index: Readonly<Record<string, unknown>>;
}

export const EMPTY: State = { records: [], index: {} };

/** Documents as the export has them, by id: the document's line and its passages' lines without the folded mentions. */
export function documentBlocks(records: readonly string[]): Map<string, string> {
  const blocks = new Map<string, string>();
  for (const line of records) {
    const { mentions: _, ...record } = JSON.parse(line) as Record<string, unknown>;
    const id =
      record['kind'] === 'document' ? record['id'] : record['kind'] === 'passage' ? record['documentId'] : undefined;
    if (typeof id === 'string') blocks.set(id, `${blocks.get(id) ?? ''}${JSON.stringify(record)}\n`);
  }
  return blocks;
}

/** Reads the whole state of a store that nobody writes to. */
export async function readState(storeFolder: string): Promise<State> {
  const context = await openContext(storeFolder);
  try {
    if ((await context.store.collection(COLLECTION)) === undefined) return EMPTY;
    return { records: await exported(context.store), index: indexDigest(await context.index.current(COLLECTION)) };
  } finally {
    await context.store.close();
  }
}

/**
 * Asserts that a store is sound: it opens, passes its own check, every document is whole and one of `possible`, its
 * mentions are what folding its documents afresh gives, and the index kept beside it serves the same generation.
 */
export async function assertSound(
  storeFolder: string,
  possible: readonly ReadonlyMap<string, string>[],
): Promise<void> {
  const context = await openContext(storeFolder);
  const { store } = context;
  try {
    assert.deepEqual(await store.check(), [], 'the check finds no problem');
    if ((await store.collection(COLLECTION)) === undefined) return;
    const blocks = documentBlocks(await exported(store));
    for (const [id, block] of blocks) {
      assert.ok(
        possible.some((state) => state.get(id) === block),
        `document ${id} is as it was before or as it is to be`,
      );
    }
    const documents = await storedDocuments(store);
    const refolded = MentionFold.empty().apply({ put: documents, remove: [] });
    for (const { passages } of documents) {
      for (const { passage } of passages) {
        const stored: readonly Mention[] = await store.mentionsOf(COLLECTION, passage.id);
        assert.deepEqual(stored, refolded.get(passage.id) ?? [], `mentions of ${passage.id} are those of a fresh fold`);
      }
    }
    assert.deepEqual(indexDigest(await context.index.current(COLLECTION)), await rebuiltIndexDigest(store));
  } finally {
    await store.close();
  }
}

async function exported(store: GraphStore): Promise<string[]> {
  const records: string[] = [];
  for await (const line of store.export(COLLECTION)) records.push(line);
  return records.slice(1);
}
