// Relation types with counts
// What is stated, and how often?
// 'default': the collection.
// 50: Rows at most.
MATCH (a {collection: 'default'})-[r]->(b)
WHERE r.predicate IS NOT NULL
WITH type(r) AS type, r.predicate AS predicate, count(r) AS statements, count(DISTINCT a.key) AS subjects, sum(toInteger(round(1000 * r.confidence))) AS thousandths
RETURN type, predicate, statements, subjects, round(1.0 * thousandths / statements) / 1000.0 AS confidence
ORDER BY statements DESC, type, predicate
LIMIT 50;
