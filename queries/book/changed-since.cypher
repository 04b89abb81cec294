// title: What changed since a generation
// question: Which documents were put or changed after a generation?
// note: Removed documents are no longer in the graph; `GET /v1/collections` and `hopwise status` tell the generation of now.
// param generation integer = 0: The last generation known.
// param limit integer = 100: Rows at most.
// column generation: Generation that put or changed the document last.
// column uri: Uri.
// column title: Title.
// column passages: Its passages.
// example: hopwise book run changed-since --param generation=3
MATCH (d:Document {collection: $collection})
WHERE d.generation > $generation
RETURN d.generation AS generation, d.uri AS uri, d.title AS title, d.passages AS passages
ORDER BY generation DESC, uri
LIMIT $limit
