/**
 * Counts by how many passages each document is named, which depends on the whole collection. Of a small collection after
 * each change; of a large one again when a hundredth of its documents has changed, so that the counts lag by that much.
 */
import { setImmediate } from 'node:timers/promises';
import type { Connection } from '../connection.js';

const ALWAYS = 5_000;
const SHARE = 0.01;
/** Documents counted between two rests. */
const CHUNK = 500;
/** An alias of more documents than this links nowhere, as in the RetrievalIndex. */
const MAX_HOMONYMS = 25;
/** Counting one document ends here. */
const MOST = 10_000;

const COUNT = `UPDATE search_document SET in_links = (
    SELECT count(*) FROM (
      SELECT DISTINCT m.passage FROM search_alias a
        JOIN entity e ON e.collection = ?1 AND e.key = a.key
        JOIN mention m ON m.entity = e.id
      WHERE a.document = search_document.id AND m.document <> search_document.id
        AND (SELECT count(*) FROM search_alias h WHERE h.key = a.key) <= ${MAX_HOMONYMS}
        AND NOT EXISTS (SELECT 1 FROM search_alias o WHERE o.key = a.key AND o.document = m.document AND o.weight >= 1)
      LIMIT ${MOST}))
  WHERE id > ?2 AND id <= ?3`;

/** Last of the documents that are counted next. */
const NEXT = `SELECT max(id) AS last FROM (SELECT id FROM search_document WHERE id > ? ORDER BY id LIMIT ${CHUNK})`;

/** @returns documents that another names; undefined when too little has changed to count again */
export async function countLinks(
  connection: Connection,
  collection: number,
  { documents, drift, signal }: { documents: number; drift: number; signal: AbortSignal },
): Promise<number | undefined> {
  if (drift === 0 || (documents > ALWAYS && drift < SHARE * documents)) return undefined;
  for (let done = -1; ; ) {
    const { last } = connection.get<{ last: number | null }>(NEXT, done)!;
    if (last === null) break;
    connection.run(COUNT, collection, done, last);
    done = last;
    await setImmediate();
    signal.throwIfAborted();
  }
  return connection.get<{ n: number }>('SELECT count(*) AS n FROM search_document WHERE in_links > 0')!.n;
}
