// title: Coverage by document
// question: Of which documents does the graph know little?
// param limit integer = 50: Rows at most, thinnest first.
// column uri: Uri.
// column characters: Characters of its text.
// column passages: Its passages.
// column silent: Passages in which no entity is named.
// column entities: Entities that it names.
// column mentions: How often it names them.
// example: hopwise book run coverage
MATCH (d:Document {collection: $collection})
OPTIONAL MATCH (d)-[:HAS_PASSAGE]->(p:Passage)
OPTIONAL MATCH (p)-[m:MENTIONS]->(e:Entity)
WITH d, count(DISTINCT p.id) AS passages, count(DISTINCT CASE WHEN e IS NULL THEN null ELSE p.id END) AS speaking, count(DISTINCT e.key) AS entities, sum(m.count) AS mentions
RETURN d.uri AS uri, d.characters AS characters, d.passages AS passages, passages - speaking AS silent, entities, mentions
ORDER BY entities, mentions, uri
LIMIT $limit
