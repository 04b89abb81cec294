/** Reads what changed of a collection since a generation into a child that holds the files of that generation, or none. */
import type { DocumentStamp, PassageMentions } from '../../ports/index.js';
import { type Fed, type Feed, finish, Sender } from './feed-build.js';
import { type LensDocument, type LensMentions, lensDocument } from './lens-document.js';

const BATCH_PASSAGES = 400;

/**
 * Brings the child's files from generation `since` to the store's; 0 when it has none.
 * @returns undefined when the store's log does not reach back, or it was written to meanwhile: the files are then good for
 *   nothing
 * @throws what the store and the child throw
 */
export async function feedChanges(feed: Feed, since: number): Promise<Fed | undefined> {
  const { child, store, collection, signal, onProgress } = feed;
  const { generation, complete, removed, put } = await store.changes(collection, since);
  if (complete && since > 0) return undefined;
  const folded = await store.mentionsSince(collection, complete ? -1 : since);
  const stamps = new Map<string, DocumentStamp>();
  for (const stamp of await store.stamps(collection, complete ? -1 : since)) stamps.set(stamp.id, stamp);
  const sender = new Sender(child, signal);
  if (removed.length > 0) await sender.send({ kind: 'remove', documents: removed });
  const others: LensMentions[] = [];
  const mentions = new MentionsByDocument(folded.passages, (passage) => others.push(passage));
  let documents: LensDocument[] = [];
  let passages = 0;
  let done = 0;
  try {
    for await (const stored of put) {
      const { id } = stored.document;
      documents.push(lensDocument(stored, await mentions.of(id), stamps.get(id)));
      passages += stored.passages.length + 1;
      done++;
      if (passages < BATCH_PASSAGES) continue;
      await sender.send({ kind: 'documents', documents });
      onProgress?.({ stage: 'read', done, total: stamps.size });
      documents = [];
      passages = 0;
    }
    await sender.send({ kind: 'documents', documents });
    await mentions.end();
  } finally {
    await mentions.close();
  }
  for (let i = 0; i < others.length; i += BATCH_PASSAGES)
    await sender.send({ kind: 'mentions', mentions: others.slice(i, i + BATCH_PASSAGES) });
  await sender.end();
  // The three readings are of one generation when nothing was written since the first.
  if (folded.generation !== generation || (await store.generation(collection)) !== generation) return undefined;
  return finish(feed, generation);
}

/** Mentions by passage, read beside the documents: both come in the order of document ids. */
class MentionsByDocument {
  private readonly stream: AsyncIterator<PassageMentions>;
  private head: PassageMentions | undefined;
  private begun = false;

  /** @param onOther told of passages of documents that are not asked for */
  constructor(
    passages: AsyncIterable<PassageMentions>,
    private readonly onOther: (passage: PassageMentions) => void,
  ) {
    this.stream = passages[Symbol.asyncIterator]();
  }

  /** Of a document that comes behind the one asked for last. */
  async of(documentId: string): Promise<Map<string, PassageMentions['mentions']>> {
    if (!this.begun) await this.advance();
    const found = new Map<string, PassageMentions['mentions']>();
    while (this.head !== undefined && this.head.documentId <= documentId) {
      const { documentId: id, passageId, mentions } = this.head;
      if (id === documentId) found.set(passageId, mentions);
      else this.onOther(this.head);
      await this.advance();
    }
    return found;
  }

  /** Reads what is left. */
  async end(): Promise<void> {
    if (!this.begun) await this.advance();
    for (; this.head !== undefined; await this.advance()) this.onOther(this.head);
  }

  async close(): Promise<void> {
    await this.stream.return?.();
  }

  private async advance(): Promise<void> {
    this.begun = true;
    const step = await this.stream.next();
    this.head = step.done === true ? undefined : step.value;
  }
}
