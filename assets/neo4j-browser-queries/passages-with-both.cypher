// Passages that mention two entities
// Where are two entities named together?
// The collection to look at.
:param collection => 'default';
// Name of one entity. Its key: lower case, no leading article.
:param one => 'key of the name';
// Name of the other. Its key: lower case, no leading article.
:param other => 'key of the name';
// Rows at most.
:param limit => 20;
MATCH (:Entity {collection: $collection, key: $one})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(:Entity {collection: $collection, key: $other})
MATCH (d:Document {collection: $collection, id: p.document})
RETURN d.uri AS uri, p.id AS passage, p.start AS start, p.end AS end, p.text AS text
ORDER BY uri, start
LIMIT $limit;
