// title: Documents that share most entities
// question: Which two documents name the same entities?
// param limit integer = 20: Rows at most.
// column one: Uri of the first, in the order of uris.
// column other: Uri of the second.
// column shared: Entities that both mention.
// column names: The five of them that fewest documents mention.
// example: hopwise book run documents-alike
MATCH (a:Document {collection: $collection})-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(e:Entity)<-[:MENTIONS]-(:Passage)<-[:HAS_PASSAGE]-(b:Document)
WHERE a.uri < b.uri
WITH DISTINCT a, b, e
ORDER BY e.documents, e.key
WITH a, b, count(e) AS shared, collect(e.name) AS names
RETURN a.uri AS one, b.uri AS other, shared, names[0..5] AS names
ORDER BY shared DESC, one, other
LIMIT $limit
