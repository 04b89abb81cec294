// title: Most connected entities
// question: Which entities have most others around them, by what is stated of them?
// param limit integer = 20: Rows at most.
// column entity: Name.
// column type: Type, `other` where none is known.
// column neighbours: Other ends of its statements.
// column statements: Statements that it is an end of.
// column passages: Passages that mention it.
// example: hopwise book run most-connected --param limit=10
MATCH (e:Entity {collection: $collection})-[r]-(other)
WHERE r.predicate IS NOT NULL
WITH e, count(DISTINCT other) AS neighbours, count(r) AS statements
RETURN e.name AS entity, e.type AS type, neighbours, statements, e.passages AS passages
ORDER BY neighbours DESC, statements DESC, e.key
LIMIT $limit
