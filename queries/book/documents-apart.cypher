// title: Documents that stand alone
// question: Which documents name no entity that another document names?
// param limit integer = 50: Rows at most.
// column uri: Uri of the document.
// column title: Title.
// column entities: Entities that it mentions.
// example: hopwise book run documents-apart
MATCH (d:Document {collection: $collection})
OPTIONAL MATCH (d)-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(e:Entity)
WITH d, count(DISTINCT e) AS entities, max(e.documents) AS widest
WHERE widest IS NULL OR widest = 1
RETURN d.uri AS uri, d.title AS title, entities
ORDER BY entities, uri
LIMIT $limit
