// Most connected entities
// Which entities have most others around them, by what is stated of them?
// 'default': the collection.
// 20: Rows at most.
MATCH (e:Entity {collection: 'default'})-[r]-(other)
WHERE r.predicate IS NOT NULL
WITH e, count(DISTINCT other) AS neighbours, count(r) AS statements
RETURN e.name AS entity, e.type AS type, neighbours, statements, e.passages AS passages
ORDER BY neighbours DESC, statements DESC, e.key
LIMIT 20;
