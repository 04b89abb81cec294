// title: Facts with one source only
// question: Which statements about entities does a single document make?
// param least float = 0.7: Confidence that a statement has at least, 0..1.
// param limit integer = 50: Rows at most.
// column subject: Name of the subject.
// column predicate: What is stated.
// column object: Name of the object.
// column confidence: Greatest confidence of the statement.
// column uri: The document.
// example: hopwise book run single-source-facts --param least=0.8
MATCH (a:Entity {collection: $collection})-[r]->(b:Entity)
WHERE r.predicate IS NOT NULL AND NOT r.negated AND NOT r.hedged
WITH a, r.predicate AS predicate, b, collect(DISTINCT r.document) AS documents, max(r.confidence) AS confidence
WHERE size(documents) = 1 AND confidence >= $least
MATCH (d:Document {collection: $collection, id: documents[0]})
RETURN a.name AS subject, predicate, b.name AS object, confidence, d.uri AS uri
ORDER BY confidence DESC, a.key, predicate, b.key
LIMIT $limit
