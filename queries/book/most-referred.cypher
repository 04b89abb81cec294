// title: Documents that others refer to
// question: Whose subject is named by most other documents?
// param limit integer = 20: Rows at most.
// column uri: Uri of the document.
// column subject: Entity that its title or headings name.
// column documents: Other documents that mention it.
// column passages: Their passages.
// example: hopwise book run most-referred
MATCH (d:Document {collection: $collection})-[:HAS_PASSAGE]->(:Passage)-[:ABOUT]->(e:Entity)
WITH DISTINCT d, e
MATCH (e)<-[:MENTIONS]-(p:Passage)
WHERE p.document <> d.id
WITH d, e, count(DISTINCT p.document) AS documents, count(DISTINCT p.id) AS passages
RETURN d.uri AS uri, e.name AS subject, documents, passages
ORDER BY documents DESC, passages DESC, uri, e.key
LIMIT $limit
