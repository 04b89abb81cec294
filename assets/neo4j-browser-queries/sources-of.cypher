// Sources of a statement
// Which documents state one thing of one entity?
// 'default': the collection.
// First run, on a line of its own: :param subject => 'ines marlowe'
//   Name of the subject. Its key: lower case, no leading article.
// First run, on a line of its own: :param predicate => 'be born in'
//   What is stated, as `facts-of` shows it.
MATCH (a:Entity {collection: 'default', key: $subject})-[r]->(b)
WHERE r.predicate = $predicate
MATCH (d:Document {collection: 'default', id: r.document})
WITH b, d, count(r) AS statements
RETURN b.name AS object, d.uri AS uri, d.date AS date, statements
ORDER BY object, uri;
