// Who bridges two entities
// Which entities are named together with both of two entities, and how often with each?
// 'default': the collection.
// First run, on a line of its own: :param one => 'ines marlowe'
//   Name of one entity. Its key: lower case, no leading article.
// First run, on a line of its own: :param other => 'tobias renn'
//   Name of the other. Its key: lower case, no leading article.
// 20: Rows at most.
MATCH (:Entity {collection: 'default', key: $one})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(m:Entity)
WHERE m.key <> $other
WITH m, count(DISTINCT p) AS withOne
MATCH (:Entity {collection: 'default', key: $other})<-[:MENTIONS]-(q:Passage)-[:MENTIONS]->(m)
WHERE m.key <> $one
WITH m, withOne, count(DISTINCT q) AS withOther
RETURN m.name AS entity, m.type AS type, withOne, withOther
ORDER BY CASE WHEN withOne < withOther THEN withOne ELSE withOther END DESC, withOne + withOther DESC, m.key
LIMIT 20;
