// Documents that others refer to
// Whose subject is named by most other documents?
// 'default': the collection.
// 20: Rows at most.
MATCH (d:Document {collection: 'default'})-[:HAS_PASSAGE]->(:Passage)-[:ABOUT]->(e:Entity)
WITH DISTINCT d, e
MATCH (e)<-[:MENTIONS]-(p:Passage)
WHERE p.document <> d.id
WITH d, e, count(DISTINCT p.document) AS documents, count(DISTINCT p.id) AS passages
RETURN d.uri AS uri, e.name AS subject, documents, passages
ORDER BY documents DESC, passages DESC, uri, e.key
LIMIT 20;
