// What is stated of an entity
// Which statements have an entity as subject or object?
// The collection to look at.
:param collection => 'default';
// Name of the entity. Its key: lower case, no leading article.
:param entity => 'key of the name';
// Rows at most.
:param limit => 100;
MATCH (e {collection: $collection, key: $entity})-[r]-(other)
WHERE r.predicate IS NOT NULL
WITH startNode(r) AS a, r, endNode(r) AS b
WITH a, r.predicate AS predicate, b, count(DISTINCT r.passage) AS statements, count(DISTINCT r.document) AS documents, max(r.confidence) AS confidence
RETURN a.name AS subject, predicate, b.name AS object, statements, documents, confidence
ORDER BY confidence DESC, a.key, predicate, b.key
LIMIT $limit;
