// Documents that stand alone
// Which documents name no entity that another document names?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 50;
MATCH (d:Document {collection: $collection})
OPTIONAL MATCH (d)-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(e:Entity)
WITH d, count(DISTINCT e) AS entities, max(e.documents) AS widest
WHERE widest IS NULL OR widest = 1
RETURN d.uri AS uri, d.title AS title, entities
ORDER BY entities, uri
LIMIT $limit;
