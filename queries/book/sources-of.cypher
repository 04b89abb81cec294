// title: Sources of a statement
// question: Which documents state one thing of one entity?
// param subject key: Name of the subject.
// param predicate string: What is stated, as `facts-of` shows it.
// column object: What it states.
// column uri: Document.
// column date: Date of the document, or null.
// column statements: How often it does.
// example: hopwise book run sources-of --param subject="Tobias Renn" --param predicate="be born in"
MATCH (a:Entity {collection: $collection, key: $subject})-[r]->(b)
WHERE r.predicate = $predicate
MATCH (d:Document {collection: $collection, id: r.document})
WITH b, d, count(r) AS statements
RETURN b.name AS object, d.uri AS uri, d.date AS date, statements
ORDER BY object, uri
