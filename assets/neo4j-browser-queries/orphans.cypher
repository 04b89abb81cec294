// Orphans
// Which entities stand in one passage only, with nothing stated of them?
// 'default': the collection.
// 50: Rows at most.
MATCH (e:Entity {collection: 'default'})
WHERE e.passages = 1
OPTIONAL MATCH (e)-[r]-()
WHERE r.predicate IS NOT NULL
WITH e, count(r) AS statements
WHERE statements = 0
MATCH (e)<-[:MENTIONS]-(p:Passage)
MATCH (d:Document {collection: 'default', id: p.document})
RETURN e.name AS entity, e.type AS type, p.id AS passage, d.uri AS uri
ORDER BY e.key, passage
LIMIT 50;
