// Co-mention triangles
// Which three entities are named together, two by two, in many passages?
// 'default': the collection.
// 3: Passages that each two share at least.
// 20: Rows at most.
MATCH (a:Entity {collection: 'default'})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(n:Entity)
WHERE a.key < n.key AND a.passages >= 3 AND n.passages >= 3
WITH a, n, count(p) AS shared
WHERE shared >= 3
WITH a, collect({node: n, shared: shared}) AS ties
UNWIND ties AS first
UNWIND ties AS second
WITH a, first.node AS b, first.shared AS ab, second.node AS c, second.shared AS ac
WHERE b.key < c.key
MATCH (b)<-[:MENTIONS]-(q:Passage)-[:MENTIONS]->(c)
WITH a, b, c, ab, ac, count(q) AS bc
WHERE bc >= 3
WITH a, b, c, ab, bc, ac, CASE WHEN ab < bc THEN ab ELSE bc END AS fewer
RETURN a.name AS one, b.name AS two, c.name AS three, CASE WHEN fewer < ac THEN fewer ELSE ac END AS weakest, ab + bc + ac AS passages
ORDER BY weakest DESC, passages DESC, a.key, b.key, c.key
LIMIT 20;
