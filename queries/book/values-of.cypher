// title: Values of one relation
// question: Which objects does a predicate have, and how often?
// param predicate string = "be born in": Predicate, as `relation-types` shows it.
// param limit integer = 50: Rows at most.
// column value: Name of the object.
// column type: Its type.
// column subjects: Different subjects.
// column names: Up to five of them, in the order of keys.
// example: hopwise book run values-of --param predicate="be"
MATCH (a {collection: $collection})-[r]->(b)
WHERE r.predicate = $predicate AND NOT r.negated
WITH DISTINCT b, a
ORDER BY a.key
WITH b, collect(a.name) AS names
RETURN b.name AS value, b.type AS type, size(names) AS subjects, names[0..5] AS names
ORDER BY subjects DESC, b.key
LIMIT $limit
