// Hedged and denied statements
// Which statements does a document deny or only suppose?
// 'default': the collection.
// 50: Rows at most.
MATCH (a {collection: 'default'})-[r]->(b)
WHERE r.predicate IS NOT NULL AND (r.negated OR r.hedged)
MATCH (p:Passage {collection: 'default', id: r.passage})
MATCH (d:Document {collection: 'default', id: r.document})
WITH a, r, b, d, substring(p.text, r.start, r.end - r.start) AS evidence
RETURN a.name AS subject, r.predicate AS predicate, b.name AS object, r.negated AS negated, r.hedged AS hedged, d.uri AS uri, evidence
ORDER BY uri, r.passage, r.position
LIMIT 50;
