// title: Entities between groups
// question: Which of the entities mentioned most are named together with many that are never named together themselves?
// note: A broker's neighbours do not know each other: the share of open pairs is 1 minus the local clustering coefficient (Watts and Strogatz 1998). The neighbours of a name that stands everywhere are too many to pair, so names with more than `most` are left out.
// param candidates integer = 100: Entities looked at, those mentioned most.
// param least integer = 4: Neighbours that an entity has at least.
// param most integer = 40: Neighbours that it has at most.
// param limit integer = 20: Rows at most.
// column entity: Name.
// column neighbours: Entities that share a passage with it.
// column openPairs: Pairs of them that share none.
// column share: Share of open pairs, 0..1.
// example: hopwise book run brokers --param limit=10
MATCH (e:Entity {collection: $collection})<-[:MENTIONS]-(:Passage)-[:MENTIONS]->(n:Entity)
WHERE e.key <> n.key
WITH e, collect(DISTINCT n) AS around
WHERE size(around) >= $least AND size(around) <= $most
WITH e, around
ORDER BY e.mentions DESC, e.key
LIMIT $candidates
UNWIND around AS a
UNWIND around AS b
WITH e, size(around) AS neighbours, a, b
WHERE a.key < b.key
OPTIONAL MATCH (a)<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(b)
WITH e, neighbours, a, b, count(p) AS shared
WITH e, neighbours, count(*) AS pairs, sum(CASE WHEN shared = 0 THEN 1 ELSE 0 END) AS openPairs
RETURN e.name AS entity, neighbours, openPairs, round(1000.0 * openPairs / pairs) / 1000.0 AS share
ORDER BY openPairs DESC, share DESC, e.key
LIMIT $limit
