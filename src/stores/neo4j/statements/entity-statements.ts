/** Reads of entities, statements and neighbourhoods. */
import { STATEMENT_TYPES } from '../../../../graph-schema/index.js';

/** All types of statements, for patterns. */
export const ANY_STATEMENT = STATEMENT_TYPES.join('|');

const VIEW = `coalesce(e.full, e.key) AS key, e.name AS name, e.type AS type, e.surfaces AS surfaces,
  e.mentions AS mentions, e.passages AS passages, e.documents AS documents`;

export const ENTITY = `
MATCH (:Collection {name: $collection})
MATCH (e:Entity {collection: $collection, key: $key}) RETURN ${VIEW}`;

/** Of each of `$keys` that is an entity. */
export const ENTITIES_OF = `
UNWIND $keys AS key
MATCH (e:Entity {collection: $collection, key: key}) RETURN ${VIEW}`;

/** As pages of documents; `$from` and `$to` are orders. */
export const ENTITY_PAGE: readonly string[] = [
  `MATCH (e:Entity)
WHERE e.collection = $collection AND e.key >= $from AND e.key < $to AND e.order IS NULL AND e.long IS NULL
  AND NOT coalesce(e.key = $after, false) AND ($type IS NULL OR e.type = $type)
RETURN ${VIEW} ORDER BY e.collection, e.key LIMIT $limit`,
  `MATCH (e:Entity)
WHERE e.collection = $collection AND e.order >= $from AND e.order < $to
  AND NOT coalesce(e.order = $after, false) AND ($type IS NULL OR e.type = $type)
RETURN ${VIEW} ORDER BY e.collection, e.order LIMIT $limit`,
  `MATCH (e:Entity {collection: $collection, long: true})
WHERE $type IS NULL OR e.type = $type
RETURN ${VIEW}`,
];

/** Positions of the strongest statements by passage, with the contributions that hold them. */
export const STATEMENTS_OF = `
UNWIND $keys AS key
CALL (key) {
  MATCH (n:Entity {collection: $collection, key: key}) RETURN n
  UNION ALL
  MATCH (n:Value {collection: $collection, key: key}) RETURN n
}
MATCH (n)-[r:${ANY_STATEMENT}]-()
WITH DISTINCT r ORDER BY r.confidence DESC, r.passage, r.position LIMIT $limit
WITH r.passage AS passage, r.document AS document, collect(r.position) AS positions
MATCH (x:PassageData {collection: $collection, id: passage})
RETURN passage, document, positions, x.contribution AS contribution`;

export const NEIGHBOURS = `
UNWIND $keys AS key
CALL (key) {
  MATCH (e:Entity {collection: $collection, key: key})<-[:MENTIONS]-(:Passage)-[:MENTIONS]->(o:Entity)
  WHERE o <> e
  WITH o, count(*) AS passages
  ORDER BY passages DESC, coalesce(o.fullOrder, o.order, o.key) LIMIT $limit
  RETURN collect([coalesce(o.full, o.key), passages]) AS neighbours
}
RETURN key, neighbours`;

/** Walks the rarest entity of each group and looks the others up. */
export const PASSAGES_MENTIONING = `
UNWIND $groups AS group
CALL (group) {
  UNWIND group.keys AS key
  MATCH (e:Entity {collection: $collection, key: key})
  WITH e ORDER BY e.passages, e.key
  WITH collect(e) AS entities
  WHERE size(entities) = size(group.keys)
  WITH entities[0] AS first, entities[1..] AS others
  MATCH (first)<-[:MENTIONS]-(p:Passage)
  WHERE all(other IN others WHERE EXISTS { (p)-[:MENTIONS]->(other) })
  WITH p ORDER BY p.id LIMIT $limit
  RETURN collect(p.id) AS passages
}
RETURN group.number AS number, passages`;
