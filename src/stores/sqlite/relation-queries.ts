/** Relations by the keys at their ends, strongest first. */
import type { RelationView } from '../../ports/index.js';
import { decodeRelations } from '../codec/contribution-codec.js';
import { checkedLimit } from '../page.js';
import type { Connection } from './connection.js';
import { toOrderedColumn } from './text-column.js';

interface Ranked {
  readonly view: RelationView;
  readonly position: number;
}

interface PassageOfKey {
  readonly confidence: number;
  readonly passage_id: string;
  readonly document_id: string;
  readonly data: string;
}

export function readRelationsOf(
  connection: Connection,
  collection: number,
  keys: readonly string[],
  limit: number,
): RelationView[] {
  const most = checkedLimit(limit);
  const found = new Map<string, Ranked>();
  for (const key of new Set(keys)) {
    for (const ranked of strongest(connection, collection, key, most))
      found.set(`${ranked.view.passageId} ${ranked.position}`, ranked);
  }
  return [...found.values()]
    .sort(compare)
    .slice(0, most)
    .map(({ view }) => view);
}

/** At least the first `most` relations of the key; reads passages in order of their strongest, and no more than needed. */
function strongest(connection: Connection, collection: number, key: string, most: number): Ranked[] {
  const found: Ranked[] = [];
  const rows = connection.iterate<PassageOfKey>(
    `SELECT r.confidence, p.public_id AS passage_id, d.public_id AS document_id, c.data
     FROM relation_key r JOIN passage p ON p.id = r.passage JOIN document d ON d.id = p.document
     JOIN contribution c ON c.passage = p.id
     WHERE r.collection = ? AND r.key = ? ORDER BY r.confidence DESC, p.public_id`,
    collection,
    toOrderedColumn(key),
  );
  for (const row of rows) {
    if (found.length >= most && found.filter(({ view }) => precedes(view, row)).length >= most) break;
    decodeRelations(row.data).forEach((relation, position) => {
      if (relation.subject.key !== key && relation.object.key !== key) return;
      found.push({ position, view: { ...relation, passageId: row.passage_id, documentId: row.document_id } });
    });
  }
  return found;
}

/** True when the relation comes before all that the passage has. */
function precedes(relation: RelationView, passage: PassageOfKey): boolean {
  if (relation.confidence !== passage.confidence) return relation.confidence > passage.confidence;
  return relation.passageId < passage.passage_id;
}

function compare(a: Ranked, b: Ranked): number {
  if (a.view.confidence !== b.view.confidence) return b.view.confidence - a.view.confidence;
  if (a.view.passageId !== b.view.passageId) return a.view.passageId < b.view.passageId ? -1 : 1;
  return a.position - b.position;
}
