// title: Contradictory values of one relation
// question: Of whom is something stated twice that can be true only once?
// note: Values that mean the same in other words ("1851", "4 March 1851") are shown, too: what is compared is how they are written.
// param predicates string[] = ["be born in", "be born on", "die in", "die on", "have population of", "be capital of"]: Predicates that can have one value only.
// param limit integer = 50: Rows at most.
// column subject: Name.
// column predicate: What is stated.
// column values: The different values, in the order of their keys.
// column documents: Documents that state them.
// example: hopwise book run contradictions
MATCH (a:Entity {collection: $collection})-[r]->(b)
WHERE r.predicate IN $predicates AND NOT r.negated
WITH DISTINCT a, r.predicate AS predicate, b, r.document AS document
ORDER BY b.key
WITH a, predicate, collect(DISTINCT b.name) AS values, count(DISTINCT b.key) AS different, count(DISTINCT document) AS documents
WHERE different > 1
RETURN a.name AS subject, predicate, values, documents
ORDER BY different DESC, documents DESC, a.key, predicate
LIMIT $limit
