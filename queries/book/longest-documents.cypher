// title: Longest documents
// question: Which documents hold most text?
// param limit integer = 20: Rows at most.
// column uri: Uri.
// column title: Title.
// column characters: Characters of its text.
// column passages: Passages.
// column enabled: Whether questions see it.
// example: hopwise book run longest-documents
MATCH (d:Document {collection: $collection})
RETURN d.uri AS uri, d.title AS title, d.characters AS characters, d.passages AS passages, d.enabled AS enabled
ORDER BY characters DESC, uri
LIMIT $limit
