// Documents that others refer to
// Whose subject is named by most other documents?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 20;
MATCH (d:Document {collection: $collection})-[:HAS_PASSAGE]->(:Passage)-[:ABOUT]->(e:Entity)
WITH DISTINCT d, e
MATCH (e)<-[:MENTIONS]-(p:Passage)
WHERE p.document <> d.id
WITH d, e, count(DISTINCT p.document) AS documents, count(DISTINCT p.id) AS passages
RETURN d.uri AS uri, e.name AS subject, documents, passages
ORDER BY documents DESC, passages DESC, uri, e.key
LIMIT $limit;
