// title: What is stated of an entity
// question: Which statements have an entity as subject or object?
// param entity key: Name of the entity.
// param limit integer = 100: Rows at most.
// column subject: Name of the subject.
// column predicate: What is stated.
// column object: Name of the object.
// column statements: How often.
// column documents: In how many documents.
// column confidence: Greatest confidence.
// example: hopwise book run facts-of --param entity="Ines Marlowe"
MATCH (e {collection: $collection, key: $entity})-[r]-(other)
WHERE r.predicate IS NOT NULL
WITH startNode(r) AS a, r, endNode(r) AS b
WITH a, r.predicate AS predicate, b, count(DISTINCT r.passage) AS statements, count(DISTINCT r.document) AS documents, max(r.confidence) AS confidence
RETURN a.name AS subject, predicate, b.name AS object, statements, documents, confidence
ORDER BY confidence DESC, a.key, predicate, b.key
LIMIT $limit
