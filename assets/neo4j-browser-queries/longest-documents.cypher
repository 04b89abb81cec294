// Longest documents
// Which documents hold most text?
// 'default': the collection.
// 20: Rows at most.
MATCH (d:Document {collection: 'default'})
RETURN d.uri AS uri, d.title AS title, d.characters AS characters, d.passages AS passages, d.enabled AS enabled
ORDER BY characters DESC, uri
LIMIT 20;
