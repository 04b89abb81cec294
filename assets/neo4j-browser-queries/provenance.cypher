// Provenance of an edge, down to the characters
// Which words of which document say what is stated between two entities?
// `evidence` is cut here in the engine's own characters; `from` and `to` count UTF-16 code units, as all of hopwise. They differ only behind characters outside of the basic plane.
// 'default': the collection.
// First run, on a line of its own: :param one => 'ines marlowe'
//   Name of one end. Its key: lower case, no leading article.
// First run, on a line of its own: :param other => 'tobias renn'
//   Name of the other end. Its key: lower case, no leading article.
MATCH (a {collection: 'default', key: $one})-[r]-(b {collection: 'default', key: $other})
WHERE r.predicate IS NOT NULL
MATCH (p:Passage {collection: 'default', id: r.passage})
MATCH (d:Document {collection: 'default', id: r.document})
WITH DISTINCT r.predicate AS predicate, d.uri AS uri, p.page AS page, p.start + r.start AS from, p.start + r.end AS to, substring(p.text, r.start, r.end - r.start) AS evidence, r.confidence AS confidence
RETURN predicate, uri, page, from, to, evidence, confidence
ORDER BY confidence DESC, uri, from, predicate;
