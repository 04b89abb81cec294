// Contradictory values of one relation
// Of whom is something stated twice that can be true only once?
// Values that mean the same in other words ("1851", "4 March 1851") are shown, too: what is compared is how they are written.
// 'default': the collection.
// ['be born in', 'be born on', 'die in', 'die on', 'have population of', 'be capital of']: Predicates that can have one value only.
// 50: Rows at most.
MATCH (a:Entity {collection: 'default'})-[r]->(b)
WHERE r.predicate IN ['be born in', 'be born on', 'die in', 'die on', 'have population of', 'be capital of'] AND NOT r.negated
WITH DISTINCT a, r.predicate AS predicate, b, r.document AS document
ORDER BY b.key
WITH a, predicate, collect(DISTINCT b.name) AS values, count(DISTINCT b.key) AS different, count(DISTINCT document) AS documents
WHERE different > 1
RETURN a.name AS subject, predicate, values, documents
ORDER BY different DESC, documents DESC, a.key, predicate
LIMIT 50;
