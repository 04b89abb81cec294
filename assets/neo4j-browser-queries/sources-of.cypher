// Sources of a statement
// Which documents state one thing of one entity?
// The collection to look at.
:param collection => 'default';
// Name of the subject. Its key: lower case, no leading article.
:param subject => 'key of the name';
// What is stated, as `facts-of` shows it.
:param predicate => '';
MATCH (a:Entity {collection: $collection, key: $subject})-[r]->(b)
WHERE r.predicate = $predicate
MATCH (d:Document {collection: $collection, id: r.document})
WITH b, d, count(r) AS statements
RETURN b.name AS object, d.uri AS uri, d.date AS date, statements
ORDER BY object, uri;
