// Documents that share most entities
// Which two documents name the same entities?
// 'default': the collection.
// 20: Rows at most.
MATCH (a:Document {collection: 'default'})-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(e:Entity)<-[:MENTIONS]-(:Passage)<-[:HAS_PASSAGE]-(b:Document)
WHERE a.uri < b.uri
WITH DISTINCT a, b, e
ORDER BY e.documents, e.key
WITH a, b, count(e) AS shared, collect(e.name) AS names
RETURN a.uri AS one, b.uri AS other, shared, names[0..5] AS names
ORDER BY shared DESC, one, other
LIMIT 20;
