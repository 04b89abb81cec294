// Facts with one source only
// Which statements about entities does a single document make?
// The collection to look at.
:param collection => 'default';
// Confidence that a statement has at least, 0..1.
:param least => 0.7;
// Rows at most.
:param limit => 50;
MATCH (a:Entity {collection: $collection})-[r]->(b:Entity)
WHERE r.predicate IS NOT NULL AND NOT r.negated AND NOT r.hedged
WITH a, r.predicate AS predicate, b, collect(DISTINCT r.document) AS documents, max(r.confidence) AS confidence
WHERE size(documents) = 1 AND confidence >= $least
MATCH (d:Document {collection: $collection, id: documents[0]})
RETURN a.name AS subject, predicate, b.name AS object, confidence, d.uri AS uri
ORDER BY confidence DESC, a.key, predicate, b.key
LIMIT $limit;
