// Coverage by document
// Of which documents does the graph know little?
// 'default': the collection.
// 50: Rows at most, thinnest first.
MATCH (d:Document {collection: 'default'})
OPTIONAL MATCH (d)-[:HAS_PASSAGE]->(p:Passage)
OPTIONAL MATCH (p)-[m:MENTIONS]->(e:Entity)
WITH d, count(DISTINCT p.id) AS passages, count(DISTINCT CASE WHEN e IS NULL THEN null ELSE p.id END) AS speaking, count(DISTINCT e.key) AS entities, sum(m.count) AS mentions
RETURN d.uri AS uri, d.characters AS characters, d.passages AS passages, passages - speaking AS silent, entities, mentions
ORDER BY entities, mentions, uri
LIMIT 50;
