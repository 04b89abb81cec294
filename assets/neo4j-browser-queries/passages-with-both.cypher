// Passages that mention two entities
// Where are two entities named together?
// 'default': the collection.
// First run, on a line of its own: :param one => 'ines marlowe'
//   Name of one entity. Its key: lower case, no leading article.
// First run, on a line of its own: :param other => 'tobias renn'
//   Name of the other. Its key: lower case, no leading article.
// 20: Rows at most.
MATCH (:Entity {collection: 'default', key: $one})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(:Entity {collection: 'default', key: $other})
MATCH (d:Document {collection: 'default', id: p.document})
RETURN d.uri AS uri, p.id AS passage, p.start AS start, p.end AS end, p.text AS text
ORDER BY uri, start
LIMIT 20;
