// Most connected entities
// Which entities have most others around them, by what is stated of them?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 20;
MATCH (e:Entity {collection: $collection})-[r]-(other)
WHERE r.predicate IS NOT NULL
WITH e, count(DISTINCT other) AS neighbours, count(r) AS statements
RETURN e.name AS entity, e.type AS type, neighbours, statements, e.passages AS passages
ORDER BY neighbours DESC, statements DESC, e.key
LIMIT $limit;
