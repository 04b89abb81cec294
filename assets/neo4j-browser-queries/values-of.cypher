// Values of one relation
// Which objects does a predicate have, and how often?
// 'default': the collection.
// 'be born in': Predicate, as `relation-types` shows it.
// 50: Rows at most.
MATCH (a {collection: 'default'})-[r]->(b)
WHERE r.predicate = 'be born in' AND NOT r.negated
WITH DISTINCT b, a
ORDER BY a.key
WITH b, collect(a.name) AS names
RETURN b.name AS value, b.type AS type, size(names) AS subjects, names[0..5] AS names
ORDER BY subjects DESC, b.key
LIMIT 50;
