// Entities named together most often
// Which two entities share most passages?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 20;
MATCH (a:Entity {collection: $collection})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(b:Entity)
WHERE a.key < b.key
WITH a, b, count(DISTINCT p) AS passages
RETURN a.name AS one, b.name AS other, passages
ORDER BY passages DESC, a.key, b.key
LIMIT $limit;
