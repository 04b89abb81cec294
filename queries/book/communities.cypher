// title: Co-mention communities
// question: Which entities form a group around one that they are named with?
// note: Plain Cypher has no loop, so this is one round of label spreading (Raghavan, Albert and Kumara 2007): each entity joins the one that it shares most passages with, the more often mentioned on a tie. For communities proper use `CALL grafeo.louvain()` on the lens, or Neo4j's Graph Data Science.
// param least integer = 2: Passages that an entity shares with its leader at least.
// param limit integer = 20: Rows at most.
// column leader: Name of the one that the others join.
// column members: How many join it.
// column names: Their names, in the order of keys.
// example: hopwise book run communities
MATCH (e:Entity {collection: $collection})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(n:Entity)
WHERE e.key <> n.key AND e.passages >= $least AND n.passages >= $least
WITH e, n, count(DISTINCT p) AS shared
WHERE shared >= $least
WITH e, n, shared
ORDER BY shared DESC, n.mentions DESC, n.key
WITH e, collect(n) AS around
WITH e, around[0] AS first
ORDER BY e.key
WITH first, collect(e.name) AS names
RETURN first.name AS leader, size(names) AS members, names
ORDER BY members DESC, first.key
LIMIT $limit
