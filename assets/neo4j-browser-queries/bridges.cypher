// Who bridges two entities
// Which entities are named together with both of two entities, and how often with each?
// The collection to look at.
:param collection => 'default';
// Name of one entity. Its key: lower case, no leading article.
:param one => 'key of the name';
// Name of the other. Its key: lower case, no leading article.
:param other => 'key of the name';
// Rows at most.
:param limit => 20;
MATCH (:Entity {collection: $collection, key: $one})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(m:Entity)
WHERE m.key <> $other
WITH m, count(DISTINCT p) AS withOne
MATCH (:Entity {collection: $collection, key: $other})<-[:MENTIONS]-(q:Passage)-[:MENTIONS]->(m)
WHERE m.key <> $one
WITH m, withOne, count(DISTINCT q) AS withOther
RETURN m.name AS entity, m.type AS type, withOne, withOther
ORDER BY CASE WHEN withOne < withOther THEN withOne ELSE withOther END DESC, withOne + withOther DESC, m.key
LIMIT $limit;
