// Statements by document
// Which documents state most, and how surely?
// 'default': the collection.
// 50: Rows at most.
MATCH (a {collection: 'default'})-[r]->(b)
WHERE r.predicate IS NOT NULL
WITH r.document AS id, count(r) AS statements, sum(CASE WHEN r.negated OR r.hedged THEN 1 ELSE 0 END) AS doubted, sum(toInteger(round(1000 * r.confidence))) AS thousandths
MATCH (d:Document {collection: 'default', id: id})
RETURN d.uri AS uri, statements, doubted, round(1.0 * thousandths / statements) / 1000.0 AS confidence, round(10000.0 * statements / d.characters) / 10.0 AS perThousand
ORDER BY statements DESC, uri
LIMIT 50;
