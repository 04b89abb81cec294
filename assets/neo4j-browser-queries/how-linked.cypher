// How two entities are linked
// By which chains of at most three statements are two entities joined?
// The collection to look at.
:param collection => 'default';
// Name of one entity. Its key: lower case, no leading article.
:param one => 'key of the name';
// Name of the other. Its key: lower case, no leading article.
:param other => 'key of the name';
// Rows at most, shortest chains first.
:param limit => 10;
MATCH path = (a:Entity {collection: $collection, key: $one})-[chain*1..3]-(b:Entity {collection: $collection, key: $other})
WHERE all(r IN chain WHERE r.predicate IS NOT NULL)
WITH length(path) AS steps, [n IN nodes(path) | n.name] AS names, [r IN chain | r.predicate] AS predicates
RETURN DISTINCT steps, names, predicates
ORDER BY steps, names, predicates
LIMIT $limit;
