// Timeline of an entity
// What is dated of an entity, in the order of years?
// 'default': the collection.
// First run, on a line of its own: :param entity => 'ines marlowe'
//   Name of the entity. Its key: lower case, no leading article.
// 100: Rows at most.
MATCH (e:Entity {collection: 'default', key: $entity})-[r]->(day:Date)
WHERE r.predicate IS NOT NULL AND NOT r.negated
MATCH (d:Document {collection: 'default', id: r.document})
WITH r, day, d, [word IN split(day.key, ' ') WHERE size(word) = 4 AND toInteger(word) IS NOT NULL] AS years
WITH DISTINCT toInteger(years[0]) AS year, day.name AS date, r.predicate AS predicate, d.uri AS uri, r.confidence AS confidence
RETURN year, date, predicate, uri, confidence
ORDER BY CASE WHEN year IS NULL THEN 1 ELSE 0 END, year, date, predicate, uri, confidence
LIMIT 100;
