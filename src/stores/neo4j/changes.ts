/** What changed since a generation, as one consistent snapshot. */
import type { Changes, DocumentStamp, MentionChanges } from '../../ports/index.js';
import { compareTexts } from './indexed-text.js';
import { type DocumentEntry, mentionsOfEntry, toStored } from './read-bundles.js';
import { atRest, readSnapshot } from './snapshot.js';
import { Spool, streamOf } from './spool.js';
import type { Run } from './statement.js';
import { ALL_DOCUMENTS, CHANGED_DOCUMENTS, REMOVED_DOCUMENTS } from './statements/change-statements.js';
import { int } from './values.js';

/** Throws NotFoundError. */
export async function readChanges(run: Run, collection: string, since: number): Promise<Changes> {
  const start = await atRest(run, collection);
  const isComplete = (logStart: number, generation: number) => since <= 0 || since < logStart || since > generation;
  const complete = isComplete(start.logStart, start.info.generation);
  const { generation } = start.info;
  if (!complete && since === generation) return { generation, removed: [], complete, put: nothing() };
  const spool = new Spool<DocumentEntry>();
  try {
    const request = { since: complete ? -1 : since, refolded: false, texts: false, mentions: false, data: true };
    const { now, rest } = await readSnapshot(run, collection, start, request, spool, async () =>
      complete ? [] : run<{ readonly id: string }>(REMOVED_DOCUMENTS, { collection, since: int(since) }),
    );
    if (!complete && isComplete(now.logStart, now.info.generation)) return readChanges(run, collection, 0);
    const removed = rest.map(({ id }) => id).sort(compareTexts);
    for (const id of removed) spool.delete(id);
    const keys = spool.keys.sort(compareTexts);
    const put = streamOf(spool, function* () {
      for (const key of keys) yield toStored(spool.get(key)!);
    });
    return { generation: now.info.generation, removed, complete, put };
  } catch (error) {
    spool[Symbol.dispose]();
    throw error;
  }
}

/** Throws NotFoundError. */
export async function readMentionsSince(run: Run, collection: string, since: number): Promise<MentionChanges> {
  const start = await atRest(run, collection);
  const spool = new Spool<DocumentEntry>();
  try {
    const request = { since, refolded: true, texts: false, mentions: true, data: false };
    const { now } = await readSnapshot(run, collection, start, request, spool, async () => undefined);
    const keys = spool.keys.sort(compareTexts);
    const passages = streamOf(spool, function* () {
      for (const documentId of keys) {
        for (const entry of spool.get(documentId)!.passages)
          yield { documentId, passageId: entry.passage.id, mentions: mentionsOfEntry(entry) };
      }
    });
    return { generation: now.info.generation, passages };
  } catch (error) {
    spool[Symbol.dispose]();
    throw error;
  }
}

export async function readStamps(run: Run, collection: string, since: number): Promise<DocumentStamp[]> {
  const statement = since < 0 ? ALL_DOCUMENTS : CHANGED_DOCUMENTS;
  const rows = await run<DocumentStamp>(statement, { collection, since: int(since) });
  return rows
    .map(({ id, generation, characters }) => ({ id, generation, characters }))
    .sort((a, b) => compareTexts(a.id, b.id));
}

function nothing<T>(): AsyncIterable<T> {
  return {
    async *[Symbol.asyncIterator]() {},
  };
}
