// What changed since a generation
// Which documents were put or changed after a generation?
// Removed documents are no longer in the graph; `GET /v1/collections` and `hopwise status` tell the generation of now.
// 'default': the collection.
// 0: The last generation known.
// 100: Rows at most.
MATCH (d:Document {collection: 'default'})
WHERE d.generation > 0
RETURN d.generation AS generation, d.uri AS uri, d.title AS title, d.passages AS passages
ORDER BY generation DESC, uri
LIMIT 100;
