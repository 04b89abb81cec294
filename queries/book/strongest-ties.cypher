// title: Entities named together most often
// question: Which two entities share most passages?
// param limit integer = 20: Rows at most.
// column one: Name of the first, in the order of keys.
// column other: Name of the second.
// column passages: Passages that mention both.
// example: hopwise book run strongest-ties
MATCH (a:Entity {collection: $collection})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(b:Entity)
WHERE a.key < b.key
WITH a, b, count(DISTINCT p) AS passages
RETURN a.name AS one, b.name AS other, passages
ORDER BY passages DESC, a.key, b.key
LIMIT $limit
