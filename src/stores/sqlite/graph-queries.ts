/** Reads of the graph: entities, relations and neighbourhoods, all aggregated when read. */
import { ENTITY_TYPES, type EntityType } from '../../../graph-schema/index.js';
import type { EntityView, Page, PageRequest } from '../../ports/index.js';
import type { Connection } from './connection.js';
import { checkedLimit, pageOf } from './queries.js';
import { typeOfCode } from './rows.js';
import { afterPrefix, fromOrderedColumn, fromTextColumn, type TextColumn, toOrderedColumn } from './text-column.js';

interface EntityRow {
  readonly id: number;
  readonly key: Uint8Array;
}

export function readEntity(connection: Connection, collection: number, key: string): EntityView | undefined {
  const row = connection.get<EntityRow>(
    'SELECT id, key FROM entity WHERE collection = ? AND key = ?',
    collection,
    toOrderedColumn(key),
  );
  return row === undefined ? undefined : entityView(connection, row);
}

export function readEntities(
  connection: Connection,
  collection: number,
  request: PageRequest & { readonly prefix?: string; readonly type?: EntityType },
): Page<EntityView> {
  const limit = checkedLimit(request.limit);
  const found: EntityView[] = [];
  for (const view of entitiesFrom(connection, collection, request.after, request.prefix ?? '')) {
    if (request.type !== undefined && view.type !== request.type) continue;
    found.push(view);
    if (found.length > limit) break;
  }
  return pageOf(
    found,
    limit,
    (view) => view,
    (view) => view.key,
  );
}

/** All entities in key order; the connection stays inside the caller's transaction. */
export function* entitiesFrom(
  connection: Connection,
  collection: number,
  after: string | undefined,
  prefix: string,
): Generator<EntityView> {
  const end = afterPrefix(prefix);
  const rows = connection.iterate<EntityRow>(
    `SELECT id, key FROM entity
     WHERE collection = ?1 AND key >= ?2 AND (?3 IS NULL OR key > ?3) AND (?4 IS NULL OR key < ?4) ORDER BY key`,
    collection,
    toOrderedColumn(prefix),
    after === undefined ? null : toOrderedColumn(after),
    end ?? null,
  );
  for (const row of rows) yield entityView(connection, row);
}

interface SurfaceRow {
  readonly surface: TextColumn;
  readonly type: number;
  readonly mentions: number;
}

function entityView(connection: Connection, { id, key }: EntityRow): EntityView {
  const surfaces = new Map<string, number>();
  const types = new Array<number>(ENTITY_TYPES.length).fill(0);
  let mentions = 0;
  for (const row of connection.all<SurfaceRow>(
    'SELECT surface, type, sum(count) AS mentions FROM mention WHERE entity = ? GROUP BY surface, type',
    id,
  )) {
    const surface = fromTextColumn(row.surface);
    surfaces.set(surface, (surfaces.get(surface) ?? 0) + row.mentions);
    types[row.type] = (types[row.type] ?? 0) + row.mentions;
    mentions += row.mentions;
  }
  const spread = connection.get<{ readonly passages: number; readonly documents: number }>(
    `SELECT count(*) AS passages, count(DISTINCT p.document) AS documents
     FROM mention m JOIN passage p ON p.id = m.passage WHERE m.entity = ?`,
    id,
  );
  const sorted = [...surfaces].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([surface]) => surface);
  return {
    key: fromOrderedColumn(key),
    name: sorted[0] ?? '',
    type: commonestType(types),
    surfaces: sorted,
    mentions,
    passages: spread?.passages ?? 0,
    documents: spread?.documents ?? 0,
  };
}

/** `other` only when nothing else was seen: it means that no rule spoke. */
function commonestType(counts: readonly number[]): EntityType {
  let best = ENTITY_TYPES.indexOf('other');
  let most = 0;
  counts.forEach((count, code) => {
    if (typeOfCode(code) !== 'other' && count > most) {
      best = code;
      most = count;
    }
  });
  return typeOfCode(best);
}

export function readNeighbours(
  connection: Connection,
  collection: number,
  keys: readonly string[],
  limit: number,
): Map<string, { readonly key: string; readonly passages: number }[]> {
  const most = checkedLimit(limit);
  const neighbours = new Map<string, { readonly key: string; readonly passages: number }[]>();
  for (const key of keys) {
    const rows = connection.all<{ readonly key: Uint8Array; readonly passages: number }>(
      `SELECT other.key, count(*) AS passages
       FROM entity e JOIN mention mine ON mine.entity = e.id
       JOIN mention theirs ON theirs.passage = mine.passage AND theirs.entity <> e.id
       JOIN entity other ON other.id = theirs.entity
       WHERE e.collection = ? AND e.key = ?
       GROUP BY theirs.entity ORDER BY passages DESC, other.key LIMIT ?`,
      collection,
      toOrderedColumn(key),
      most,
    );
    neighbours.set(
      key,
      rows.map((row) => ({ key: fromOrderedColumn(row.key), passages: row.passages })),
    );
  }
  return neighbours;
}
