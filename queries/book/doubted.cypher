// title: Hedged and denied statements
// question: Which statements does a document deny or only suppose?
// param limit integer = 50: Rows at most.
// column subject: Name of the subject.
// column predicate: What is denied or supposed.
// column object: Name of the object.
// column negated: Denied.
// column hedged: Supposed.
// column uri: Document.
// column evidence: The words.
// example: hopwise book run doubted
MATCH (a {collection: $collection})-[r]->(b)
WHERE r.predicate IS NOT NULL AND (r.negated OR r.hedged)
MATCH (p:Passage {collection: $collection, id: r.passage})
MATCH (d:Document {collection: $collection, id: r.document})
WITH a, r, b, d, substring(p.text, r.start, r.end - r.start) AS evidence
RETURN a.name AS subject, r.predicate AS predicate, b.name AS object, r.negated AS negated, r.hedged AS hedged, d.uri AS uri, evidence
ORDER BY uri, r.passage, r.position
LIMIT $limit
