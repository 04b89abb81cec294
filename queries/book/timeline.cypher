// title: Timeline of an entity
// question: What is dated of an entity, in the order of years?
// param entity key: Name of the entity.
// param limit integer = 100: Rows at most.
// column year: The first number of four digits in the date, or null.
// column date: The date as written.
// column predicate: What happened.
// column uri: Document that says so.
// column confidence: Of the statement.
// example: hopwise book run timeline --param entity="Tobias Renn"
MATCH (e:Entity {collection: $collection, key: $entity})-[r]->(day:Date)
WHERE r.predicate IS NOT NULL AND NOT r.negated
MATCH (d:Document {collection: $collection, id: r.document})
WITH r, day, d, [word IN split(day.key, ' ') WHERE size(word) = 4 AND toInteger(word) IS NOT NULL] AS years
WITH DISTINCT toInteger(years[0]) AS year, day.name AS date, r.predicate AS predicate, d.uri AS uri, r.confidence AS confidence
RETURN year, date, predicate, uri, confidence
ORDER BY CASE WHEN year IS NULL THEN 1 ELSE 0 END, year, date, predicate, uri, confidence
LIMIT $limit
