/** One batch as the statements of one transaction, and the counts that the collection has after it. */
import type { CollectionInfo, WriteBatch } from '../../ports/index.js';
import { newContent } from './batch-content.js';
import { createPassages, createRelationships, deleteContent } from './content-writer.js';
import { deltasOf } from './deltas-of.js';
import type { NodeCache } from './node-cache.js';
import { knownNodes, type WrittenNodes, writeNodes } from './node-writer.js';
import { clearedUris, writeRecords } from './record-writer.js';
import type { Run } from './statement.js';
import { storedContent } from './stored-content.js';

export type Counts = CollectionInfo['counts'];

/** The collection as the batch finds it, but with the generation that the batch makes. */
export interface WrittenCollection {
  readonly name: string;
  readonly dimensions: number;
  readonly generation: number;
  readonly counts: Counts;
}

export interface AppliedBatch {
  readonly counts: Counts;
  /** What to remember of nodes once the write is committed. */
  readonly learnt: WrittenNodes['learnt'];
  /** Documents were removed and not replaced. */
  readonly removals: boolean;
}

/** @throws UsageError as `WriteBatch` says */
export async function applyBatch(
  run: Run,
  collection: WrittenCollection,
  batch: WriteBatch,
  cache: NodeCache,
): Promise<AppliedBatch> {
  const { name, counts } = collection;
  const content = newContent(collection, batch);
  const cleared = clearedUris(batch);
  const stored = await storedContent(run, name, batch, content, cleared);
  const deltas = await deltasOf(run, name, content, stored);
  const known = await knownNodes(run, name, deltas.keys(), cache);
  await deleteContent(run, name, stored, known);
  const [passages, nodes] = await Promise.all([
    createPassages(run, name, content),
    writeNodes(run, name, deltas, known),
  ]);
  await createRelationships(run, name, content, stored, passages, nodes.elements);
  await writeRecords(run, collection, batch, content, stored, cleared);
  const come = content.documents.flatMap((document) => document.passages);
  const mentionsOf = (list: readonly { readonly count: number }[]) => list.reduce((sum, { count }) => sum + count, 0);
  const sum = <T>(list: readonly T[], of: (item: T) => number) => list.reduce((total, item) => total + of(item), 0);
  return {
    counts: {
      documents: counts.documents + content.documents.length - stored.documents.length,
      passages: counts.passages + come.length - stored.passages.length,
      entities: counts.entities + nodes.entities,
      relations:
        counts.relations +
        sum(come, (one) => one.statements.length) -
        sum(stored.passages, (one) => one.statements.length),
      mentions:
        counts.mentions +
        sum(come, (one) => mentionsOf(one.mentions)) -
        sum(stored.passages, (one) => mentionsOf(one.mentions)) +
        sum(stored.refolded, (one) => mentionsOf(one.come) - mentionsOf(one.gone)),
      failures: counts.failures - stored.failures + new Set((batch.failures ?? []).map(({ uri }) => uri)).size,
    },
    learnt: nodes.learnt,
    removals: stored.documents.length > content.documents.length || batch.remove.length > 0,
  };
}
