/** Reads of the graph: entities, relations and neighbourhoods, all aggregated when read. */
import { ENTITY_TYPES, type EntityType } from '../../../graph-schema/index.js';
import type { EntityView, Page, PageRequest } from '../../ports/index.js';
import { checkedLimit, pageOf } from '../page.js';
import type { Connection } from './connection.js';
import { fromSurfaceJson, SURFACE_JSON, type SurfaceJson } from './mention-queries.js';
import { typeOfCode } from './rows.js';
import { afterPrefix, fromOrderedColumn, toOrderedColumn } from './text-column.js';

export function readEntity(connection: Connection, collection: number, key: string): EntityView | undefined {
  const row = connection.get<EntityRow>(`${ENTITIES} AND e.key = ? GROUP BY e.key`, collection, toOrderedColumn(key));
  return row === undefined ? undefined : entityView(row);
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

/** All entities in key order, read as they are asked for; the connection stays inside the caller's transaction. */
export function* entitiesFrom(
  connection: Connection,
  collection: number,
  after: string | undefined,
  prefix: string,
): Generator<EntityView> {
  const rows = connection.iterate<EntityRow>(
    `${ENTITIES} AND e.key >= ? AND (?3 IS NULL OR e.key > ?3) AND (?4 IS NULL OR e.key < ?4)
     GROUP BY e.key ORDER BY e.key`,
    collection,
    toOrderedColumn(prefix),
    after === undefined ? null : toOrderedColumn(after),
    afterPrefix(prefix) ?? null,
  );
  for (const row of rows) yield entityView(row);
}

/** CROSS JOIN keeps the order of the loops, so that entities come in key order without sorting. */
const ENTITIES = `SELECT e.key, count(*) AS passages, count(DISTINCT m.document) AS documents,
    json_group_array(json_array(${SURFACE_JSON}, m.type, m.count)) AS mentions
  FROM entity e CROSS JOIN mention m ON m.entity = e.id
  WHERE e.collection = ?`;

interface EntityRow {
  readonly key: Uint8Array;
  readonly passages: number;
  readonly documents: number;
  readonly mentions: string;
}

function entityView({ key, passages, documents, mentions: json }: EntityRow): EntityView {
  const surfaces = new Map<string, number>();
  const types = new Array<number>(ENTITY_TYPES.length).fill(0);
  let mentions = 0;
  for (const [column, type, count] of JSON.parse(json) as [SurfaceJson, number, number][]) {
    const surface = fromSurfaceJson(column);
    surfaces.set(surface, (surfaces.get(surface) ?? 0) + count);
    types[type] = (types[type] ?? 0) + count;
    mentions += count;
  }
  const sorted = [...surfaces].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([surface]) => surface);
  return {
    key: fromOrderedColumn(key),
    name: sorted[0] ?? '',
    type: commonestType(types),
    surfaces: sorted,
    mentions,
    passages,
    documents,
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

export function readPassagesMentioning(
  connection: Connection,
  collection: number,
  groups: readonly (readonly string[])[],
  limit: number,
): string[][] {
  const most = checkedLimit(limit);
  return groups.map((keys) => {
    const entities: { readonly id: number; readonly passages: number }[] = [];
    for (const key of new Set(keys)) {
      const entity = connection.get<{ readonly id: number; readonly passages: number }>(
        `SELECT e.id, count(*) AS passages FROM entity e JOIN mention m ON m.entity = e.id
         WHERE e.collection = ? AND e.key = ? GROUP BY e.id`,
        collection,
        toOrderedColumn(key),
      );
      if (entity === undefined) return [];
      entities.push(entity);
    }
    // The rarest is walked and the others looked up, so that a name on every page costs nothing beside a rare one.
    const [first, ...others] = entities.sort((a, b) => a.passages - b.passages || a.id - b.id);
    if (first === undefined) return [];
    const held = others.map(() => ' AND EXISTS (SELECT 1 FROM mention o WHERE o.passage = m.passage AND o.entity = ?)');
    return connection
      .all<{ readonly id: string }>(
        `SELECT p.public_id AS id FROM mention m JOIN passage p ON p.id = m.passage
         WHERE m.entity = ?${held.join('')} ORDER BY p.public_id LIMIT ?`,
        first.id,
        ...others.map(({ id }) => id),
        most,
      )
      .map(({ id }) => id);
  });
}
