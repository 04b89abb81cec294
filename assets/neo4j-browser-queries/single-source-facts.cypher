// Facts with one source only
// Which statements about entities does a single document make?
// 'default': the collection.
// 0.7: Confidence that a statement has at least, 0..1.
// 50: Rows at most.
MATCH (a:Entity {collection: 'default'})-[r]->(b:Entity)
WHERE r.predicate IS NOT NULL AND NOT r.negated AND NOT r.hedged
WITH a, r.predicate AS predicate, b, collect(DISTINCT r.document) AS documents, max(r.confidence) AS confidence
WHERE size(documents) = 1 AND confidence >= 0.7
MATCH (d:Document {collection: 'default', id: documents[0]})
RETURN a.name AS subject, predicate, b.name AS object, confidence, d.uri AS uri
ORDER BY confidence DESC, a.key, predicate, b.key
LIMIT 50;
