/** Reads what changed of a collection since a generation into a child that holds the files of that generation. */
import type { Mention } from '../../../graph-schema/index.js';
import type { DocumentStamp } from '../../ports/index.js';
import { type Fed, type Feed, finish, Sender } from './feed-build.js';
import { type LensDocument, type LensMentions, lensDocument } from './lens-document.js';

const BATCH_PASSAGES = 500;

/**
 * Brings the child's files from generation `since` to the store's.
 * @returns undefined when the store's log does not reach back, or it was written to meanwhile: the files are then good for
 *   nothing
 * @throws what the store and the child throw
 */
export async function feedChanges(feed: Feed, since: number): Promise<Fed | undefined> {
  const { child, store, collection, signal, onProgress } = feed;
  const { generation, complete, removed, put } = await store.changes(collection, since);
  if (complete) return undefined;
  const folded = await store.mentionsSince(collection, since);
  const stamps = new Map<string, DocumentStamp>();
  for (const stamp of await store.stamps(collection, since)) stamps.set(stamp.id, stamp);
  const mentions = new Map<string, Mention[]>();
  const others: LensMentions[] = [];
  for await (const passage of folded.passages) {
    if (stamps.has(passage.documentId)) mentions.set(passage.passageId, [...passage.mentions]);
    else others.push(passage);
  }
  const sender = new Sender(child, signal);
  await sender.send({ kind: 'remove', documents: removed });
  let documents: LensDocument[] = [];
  let passages = 0;
  let done = 0;
  for await (const stored of put) {
    documents.push(lensDocument(stored, mentions, stamps.get(stored.document.id)));
    passages += stored.passages.length + 1;
    done++;
    if (passages < BATCH_PASSAGES) continue;
    await sender.send({ kind: 'documents', documents });
    onProgress?.({ stage: 'read', done, total: stamps.size });
    documents = [];
    passages = 0;
  }
  await sender.send({ kind: 'documents', documents });
  for (let i = 0; i < others.length; i += BATCH_PASSAGES)
    await sender.send({ kind: 'mentions', mentions: others.slice(i, i + BATCH_PASSAGES) });
  await sender.end();
  // The three readings are of one generation when nothing was written since the first.
  if (folded.generation !== generation || (await store.generation(collection)) !== generation) return undefined;
  return finish(feed, generation);
}
