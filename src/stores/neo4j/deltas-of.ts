/** The deltas of a write, from what comes, what goes and what is folded anew. */
import type { NewContent } from './batch-content.js';
import { indexedValue } from './indexed-text.js';
import { NodeDeltas } from './node-deltas.js';
import type { Run } from './statement.js';
import * as statements from './statements/write-statements.js';
import type { RefoldedPassage, StoredContent } from './stored-content.js';

/** @param content whose documents are put, `stored` what the store held of them and of those removed */
export async function deltasOf(
  run: Run,
  collection: string,
  content: NewContent,
  stored: StoredContent,
): Promise<NodeDeltas> {
  const deltas = new NodeDeltas();
  const before = new Map<string, string[]>();
  for (const { document, mentions, statements: gone } of stored.passages) {
    const keys = before.get(document) ?? [];
    before.set(document, keys);
    for (const mention of mentions) {
      keys.push(mention.key);
      deltas.mention(mention, -1);
    }
    for (const { subject, object } of gone) {
      deltas.end(subject, -1);
      deltas.end(object, -1);
    }
  }
  for (const { id, passages } of content.documents) {
    const keys: string[] = [];
    for (const { mentions, statements: come } of passages) {
      for (const mention of mentions) {
        keys.push(mention.key);
        deltas.mention(mention, 1);
      }
      for (const { subject, object } of come) {
        deltas.end(subject, 1);
        deltas.end(object, 1);
      }
    }
    deltas.document(before.get(id) ?? [], keys);
    before.delete(id);
  }
  for (const keys of before.values()) deltas.document(keys, []);
  await addRefolded(run, collection, stored.refolded, deltas);
  return deltas;
}

async function addRefolded(
  run: Run,
  collection: string,
  refolded: readonly RefoldedPassage[],
  deltas: NodeDeltas,
): Promise<void> {
  /** Passages of a document that come to mention a key, less those that cease to. */
  const changes = new Map<string, Map<string, number>>();
  const count = (document: string, key: string, change: number) => {
    const keys = changes.get(document) ?? new Map<string, number>();
    changes.set(document, keys);
    keys.set(key, (keys.get(key) ?? 0) + change);
  };
  for (const { document, gone, come } of refolded) {
    for (const mention of gone) {
      deltas.mention(mention, -1);
      count(document, mention.key, -1);
    }
    for (const mention of come) {
      deltas.mention(mention, 1);
      count(document, mention.key, 1);
    }
  }
  const rows = [...changes].flatMap(([document, keys]) => {
    const moved = [...keys].filter(([, change]) => change !== 0).map(([key]) => indexedValue(key));
    return moved.length === 0 ? [] : [{ document, keys: moved.sort() }];
  });
  if (rows.length === 0) return;
  const found = await run<{ readonly document: string; readonly key: string; readonly passages: number }>(
    statements.MENTIONING_PASSAGES,
    { collection, rows },
  );
  const were = new Map(found.map(({ document, key, passages }) => [`${document} ${key}`, passages]));
  for (const [document, keys] of changes) {
    for (const [key, change] of keys) {
      const was = were.get(`${document} ${key}`) ?? 0;
      if (change !== 0) deltas.documents(key, Number(was + change > 0) - Number(was > 0));
    }
  }
}
