// What changed since a generation
// Which documents were put or changed after a generation?
// Removed documents are no longer in the graph; `GET /v1/collections` and `hopwise status` tell the generation of now.
// The collection to look at.
:param collection => 'default';
// The last generation known.
:param generation => 0;
// Rows at most.
:param limit => 100;
MATCH (d:Document {collection: $collection})
WHERE d.generation > $generation
RETURN d.generation AS generation, d.uri AS uri, d.title AS title, d.passages AS passages
ORDER BY generation DESC, uri
LIMIT $limit;
