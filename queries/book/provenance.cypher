// title: Provenance of an edge, down to the characters
// question: Which words of which document say what is stated between two entities?
// note: `evidence` is cut here in the engine's own characters; `from` and `to` count UTF-16 code units, as all of hopwise. They differ only behind characters outside of the basic plane.
// param one key: Name of one end.
// param other key: Name of the other end.
// column predicate: What is stated.
// column uri: Document.
// column page: Page of a PDF, or null.
// column from: First character in the document's text.
// column to: Character behind the last.
// column evidence: The words.
// column confidence: Of the statement.
// example: hopwise book run provenance --param one="Tobias Renn" --param other="Port Ellery"
MATCH (a {collection: $collection, key: $one})-[r]-(b {collection: $collection, key: $other})
WHERE r.predicate IS NOT NULL
MATCH (p:Passage {collection: $collection, id: r.passage})
MATCH (d:Document {collection: $collection, id: r.document})
WITH DISTINCT r.predicate AS predicate, d.uri AS uri, p.page AS page, p.start + r.start AS from, p.start + r.end AS to, substring(p.text, r.start, r.end - r.start) AS evidence, r.confidence AS confidence
RETURN predicate, uri, page, from, to, evidence, confidence
ORDER BY confidence DESC, uri, from, predicate
