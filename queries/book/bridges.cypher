// title: Who bridges two entities
// question: Which entities are named together with both of two entities, and how often with each?
// param one key: Name of one entity.
// param other key: Name of the other.
// param limit integer = 20: Rows at most.
// column entity: Name of the one between.
// column type: Its type.
// column withOne: Passages that it shares with the first.
// column withOther: Passages that it shares with the second.
// example: hopwise book run bridges --param one="Ines Marlowe" --param other="Port Ellery"
MATCH (:Entity {collection: $collection, key: $one})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(m:Entity)
WHERE m.key <> $other
WITH m, count(DISTINCT p) AS withOne
MATCH (:Entity {collection: $collection, key: $other})<-[:MENTIONS]-(q:Passage)-[:MENTIONS]->(m)
WHERE m.key <> $one
WITH m, withOne, count(DISTINCT q) AS withOther
RETURN m.name AS entity, m.type AS type, withOne, withOther
ORDER BY CASE WHEN withOne < withOther THEN withOne ELSE withOther END DESC, withOne + withOther DESC, m.key
LIMIT $limit
