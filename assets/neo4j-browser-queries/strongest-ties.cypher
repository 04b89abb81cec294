// Entities named together most often
// Which two entities share most passages?
// 'default': the collection.
// 20: Rows at most.
MATCH (a:Entity {collection: 'default'})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(b:Entity)
WHERE a.key < b.key
WITH a, b, count(DISTINCT p) AS passages
RETURN a.name AS one, b.name AS other, passages
ORDER BY passages DESC, a.key, b.key
LIMIT 20;
