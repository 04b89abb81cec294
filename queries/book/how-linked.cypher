// title: How two entities are linked
// question: By which chains of at most three statements are two entities joined?
// param one key: Name of one entity.
// param other key: Name of the other.
// param limit integer = 10: Rows at most, shortest chains first.
// column steps: Statements in the chain.
// column names: Names along it.
// column predicates: What is stated between one name and the next; which way is seen in `hopwise graph`.
// example: hopwise book run how-linked --param one="Ines Marlowe" --param other="Port Ellery"
MATCH path = (a:Entity {collection: $collection, key: $one})-[chain*1..3]-(b:Entity {collection: $collection, key: $other})
WHERE all(r IN chain WHERE r.predicate IS NOT NULL)
WITH length(path) AS steps, [n IN nodes(path) | n.name] AS names, [r IN chain | r.predicate] AS predicates
RETURN DISTINCT steps, names, predicates
ORDER BY steps, names, predicates
LIMIT $limit
