// Co-mention communities
// Which entities form a group around one that they are named with?
// Plain Cypher has no loop, so this is one round of label spreading (Raghavan, Albert and Kumara 2007): each entity joins the one that it shares most passages with, the more often mentioned on a tie. For communities proper use `CALL grafeo.louvain()` on the lens, or Neo4j's Graph Data Science.
// 'default': the collection.
// 2: Passages that an entity shares with its leader at least.
// 20: Rows at most.
MATCH (e:Entity {collection: 'default'})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(n:Entity)
WHERE e.key <> n.key AND e.passages >= 2 AND n.passages >= 2
WITH e, n, count(DISTINCT p) AS shared
WHERE shared >= 2
WITH e, n, shared
ORDER BY shared DESC, n.mentions DESC, n.key
WITH e, collect(n) AS around
WITH e, around[0] AS first
ORDER BY e.key
WITH first, collect(e.name) AS names
RETURN first.name AS leader, size(names) AS members, names
ORDER BY members DESC, first.key
LIMIT 20;
