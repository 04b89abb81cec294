// Longest documents
// Which documents hold most text?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 20;
MATCH (d:Document {collection: $collection})
RETURN d.uri AS uri, d.title AS title, d.characters AS characters, d.passages AS passages, d.enabled AS enabled
ORDER BY characters DESC, uri
LIMIT $limit;
