// What is stated of an entity
// Which statements have an entity as subject or object?
// 'default': the collection.
// First run, on a line of its own: :param entity => 'ines marlowe'
//   Name of the entity. Its key: lower case, no leading article.
// 100: Rows at most.
MATCH (e {collection: 'default', key: $entity})-[r]-(other)
WHERE r.predicate IS NOT NULL
WITH startNode(r) AS a, r, endNode(r) AS b
WITH a, r.predicate AS predicate, b, count(DISTINCT r.passage) AS statements, count(DISTINCT r.document) AS documents, max(r.confidence) AS confidence
RETURN a.name AS subject, predicate, b.name AS object, statements, documents, confidence
ORDER BY confidence DESC, a.key, predicate, b.key
LIMIT 100;
