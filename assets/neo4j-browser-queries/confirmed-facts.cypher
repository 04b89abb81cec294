// Facts that several documents state
// Which statements are made independently by more than one document?
// The collection to look at.
:param collection => 'default';
// Documents at least.
:param least => 2;
// Rows at most.
:param limit => 50;
MATCH (a:Entity {collection: $collection})-[r]->(b)
WHERE r.predicate IS NOT NULL AND NOT r.negated
WITH a, r.predicate AS predicate, b, count(DISTINCT r.document) AS documents, count(r) AS statements
WHERE documents >= $least
RETURN a.name AS subject, predicate, b.name AS object, documents, statements
ORDER BY documents DESC, statements DESC, a.key, predicate, b.key
LIMIT $limit;
