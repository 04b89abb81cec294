// Values of one relation
// Which objects does a predicate have, and how often?
// The collection to look at.
:param collection => 'default';
// Predicate, as `relation-types` shows it.
:param predicate => 'be born in';
// Rows at most.
:param limit => 50;
MATCH (a {collection: $collection})-[r]->(b)
WHERE r.predicate = $predicate AND NOT r.negated
WITH DISTINCT b, a
ORDER BY a.key
WITH b, collect(a.name) AS names
RETURN b.name AS value, b.type AS type, size(names) AS subjects, names[0..5] AS names
ORDER BY subjects DESC, b.key
LIMIT $limit;
