// Relation types with counts
// What is stated, and how often?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 50;
MATCH (a {collection: $collection})-[r]->(b)
WHERE r.predicate IS NOT NULL
WITH type(r) AS type, r.predicate AS predicate, count(r) AS statements, count(DISTINCT a.key) AS subjects, sum(toInteger(round(1000 * r.confidence))) AS thousandths
RETURN type, predicate, statements, subjects, round(1.0 * thousandths / statements) / 1000.0 AS confidence
ORDER BY statements DESC, type, predicate
LIMIT $limit;
