// title: Relation types with counts
// question: What is stated, and how often?
// param limit integer = 50: Rows at most.
// column type: Type of the relationship; `RELATED` for all predicates without a type of their own.
// column predicate: Predicate.
// column statements: How often.
// column subjects: Different subjects.
// column confidence: Mean confidence, to three digits.
// example: hopwise book run relation-types --param limit=20
MATCH (a {collection: $collection})-[r]->(b)
WHERE r.predicate IS NOT NULL
WITH type(r) AS type, r.predicate AS predicate, count(r) AS statements, count(DISTINCT a.key) AS subjects, sum(toInteger(round(1000 * r.confidence))) AS thousandths
RETURN type, predicate, statements, subjects, round(1.0 * thousandths / statements) / 1000.0 AS confidence
ORDER BY statements DESC, type, predicate
LIMIT $limit
