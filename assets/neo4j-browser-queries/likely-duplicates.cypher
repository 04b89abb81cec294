// Likely duplicates
// Which two entities of one document may be the same, one named by the last words of the other?
// 'default': the collection.
// 50: Rows at most.
MATCH (d:Document {collection: 'default'})-[:HAS_PASSAGE]->(:Passage)-[:MENTIONS]->(e:Entity)
WITH d, collect(DISTINCT e) AS named
UNWIND named AS long
UNWIND named AS short
WITH d, long, short
WHERE long.key ENDS WITH ' ' + short.key AND (long.type = short.type OR short.type = 'other')
WITH long, short, count(DISTINCT d) AS documents
RETURN long.name AS longer, short.name AS shorter, long.type AS type, documents
ORDER BY documents DESC, long.key, short.key
LIMIT 50;
