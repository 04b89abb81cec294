// Facts that several documents state
// Which statements are made independently by more than one document?
// 'default': the collection.
// 2: Documents at least.
// 50: Rows at most.
MATCH (a:Entity {collection: 'default'})-[r]->(b)
WHERE r.predicate IS NOT NULL AND NOT r.negated
WITH a, r.predicate AS predicate, b, count(DISTINCT r.document) AS documents, count(r) AS statements
WHERE documents >= 2
RETURN a.name AS subject, predicate, b.name AS object, documents, statements
ORDER BY documents DESC, statements DESC, a.key, predicate, b.key
LIMIT 50;
