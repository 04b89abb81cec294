/** A collection of the embedded store as the batches that load it into another. */
import type { Mention } from '../../graph-schema/index.js';
import type { GraphStore, StoredDocument, WriteBatch } from '../../src/ports/index.js';

/** Batches of whole documents with at least `passages` passages each but the last, mentions folded over all of them. */
export async function storedBatches(store: GraphStore, collection: string, passages: number): Promise<WriteBatch[]> {
  const mentions = new Map<string, readonly Mention[]>();
  const changes = await store.mentionsSince(collection, -1);
  for await (const one of changes.passages) mentions.set(one.passageId, one.mentions);
  const batches: WriteBatch[] = [];
  let put: StoredDocument[] = [];
  let count = 0;
  const flush = (): void => {
    if (put.length === 0) return;
    const own = new Map<string, readonly Mention[]>();
    for (const document of put) {
      for (const { passage } of document.passages) own.set(passage.id, mentions.get(passage.id) ?? []);
    }
    batches.push({ put, remove: [], mentions: own });
    put = [];
    count = 0;
  };
  const { put: documents } = await store.changes(collection, 0);
  for await (const document of documents) {
    const { text = '' } = (await store.document(collection, document.document.id)) ?? {};
    put.push({ ...document, text });
    count += document.passages.length;
    if (count >= passages) flush();
  }
  flush();
  return batches;
}
