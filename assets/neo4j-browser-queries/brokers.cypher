// Entities between groups
// Which of the entities mentioned most are named together with many that are never named together themselves?
// A broker's neighbours do not know each other: the share of open pairs is 1 minus the local clustering coefficient (Watts and Strogatz 1998). The neighbours of a name that stands everywhere are too many to pair, so names with more than `most` are left out.
// 'default': the collection.
// 100: Entities looked at, those mentioned most.
// 4: Neighbours that an entity has at least.
// 40: Neighbours that it has at most.
// 20: Rows at most.
MATCH (e:Entity {collection: 'default'})<-[:MENTIONS]-(:Passage)-[:MENTIONS]->(n:Entity)
WHERE e.key <> n.key
WITH e, collect(DISTINCT n) AS around
WHERE size(around) >= 4 AND size(around) <= 40
WITH e, around
ORDER BY e.mentions DESC, e.key
LIMIT 100
UNWIND around AS a
UNWIND around AS b
WITH e, size(around) AS neighbours, a, b
WHERE a.key < b.key
OPTIONAL MATCH (a)<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(b)
WITH e, neighbours, a, b, count(p) AS shared
WITH e, neighbours, count(*) AS pairs, sum(CASE WHEN shared = 0 THEN 1 ELSE 0 END) AS openPairs
RETURN e.name AS entity, neighbours, openPairs, round(1000.0 * openPairs / pairs) / 1000.0 AS share
ORDER BY openPairs DESC, share DESC, e.key
LIMIT 20;
