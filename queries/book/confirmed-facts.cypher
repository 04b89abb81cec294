// title: Facts that several documents state
// question: Which statements are made independently by more than one document?
// param least integer = 2: Documents at least.
// param limit integer = 50: Rows at most.
// column subject: Name of the subject.
// column predicate: What is stated.
// column object: Name of the object.
// column documents: Documents that state it.
// column statements: How often in all.
// example: hopwise book run confirmed-facts
MATCH (a:Entity {collection: $collection})-[r]->(b)
WHERE r.predicate IS NOT NULL AND NOT r.negated
WITH a, r.predicate AS predicate, b, count(DISTINCT r.document) AS documents, count(r) AS statements
WHERE documents >= $least
RETURN a.name AS subject, predicate, b.name AS object, documents, statements
ORDER BY documents DESC, statements DESC, a.key, predicate, b.key
LIMIT $limit
