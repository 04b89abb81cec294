// title: Orphans
// question: Which entities stand in one passage only, with nothing stated of them?
// param limit integer = 50: Rows at most.
// column entity: Name.
// column type: Type.
// column passage: Id of the passage.
// column uri: Document of the passage.
// example: hopwise book run orphans --param limit=20
MATCH (e:Entity {collection: $collection})
WHERE e.passages = 1
OPTIONAL MATCH (e)-[r]-()
WHERE r.predicate IS NOT NULL
WITH e, count(r) AS statements
WHERE statements = 0
MATCH (e)<-[:MENTIONS]-(p:Passage)
MATCH (d:Document {collection: $collection, id: p.document})
RETURN e.name AS entity, e.type AS type, p.id AS passage, d.uri AS uri
ORDER BY e.key, passage
LIMIT $limit
