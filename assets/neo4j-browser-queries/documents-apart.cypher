// Documents that stand alone
// Which documents name no entity that another document names?
// 'default': the collection.
// 50: Rows at most.
MATCH (d:Document {collection: 'default'})
OPTIONAL MATCH (d)-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(e:Entity)
WITH d, count(DISTINCT e) AS entities, max(e.documents) AS widest
WHERE widest IS NULL OR widest = 1
RETURN d.uri AS uri, d.title AS title, entities
ORDER BY entities, uri
LIMIT 50;
