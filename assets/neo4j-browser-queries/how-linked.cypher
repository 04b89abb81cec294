// How two entities are linked
// By which chains of at most three statements are two entities joined?
// 'default': the collection.
// First run, on a line of its own: :param one => 'ines marlowe'
//   Name of one entity. Its key: lower case, no leading article.
// First run, on a line of its own: :param other => 'tobias renn'
//   Name of the other. Its key: lower case, no leading article.
// 10: Rows at most, shortest chains first.
MATCH path = (a:Entity {collection: 'default', key: $one})-[chain*1..3]-(b:Entity {collection: 'default', key: $other})
WHERE all(r IN chain WHERE r.predicate IS NOT NULL)
WITH length(path) AS steps, [n IN nodes(path) | n.name] AS names, [r IN chain | r.predicate] AS predicates
RETURN DISTINCT steps, names, predicates
ORDER BY steps, names, predicates
LIMIT 10;
