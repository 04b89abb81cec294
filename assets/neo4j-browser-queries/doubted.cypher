// Hedged and denied statements
// Which statements does a document deny or only suppose?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 50;
MATCH (a {collection: $collection})-[r]->(b)
WHERE r.predicate IS NOT NULL AND (r.negated OR r.hedged)
MATCH (p:Passage {collection: $collection, id: r.passage})
MATCH (d:Document {collection: $collection, id: r.document})
WITH a, r, b, d, substring(p.text, r.start, r.end - r.start) AS evidence
RETURN a.name AS subject, r.predicate AS predicate, b.name AS object, r.negated AS negated, r.hedged AS hedged, d.uri AS uri, evidence
ORDER BY uri, r.passage, r.position
LIMIT $limit;
