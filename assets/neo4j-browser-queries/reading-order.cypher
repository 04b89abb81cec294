// A document, passage by passage
// What is named where in a document?
// The collection to look at.
:param collection => 'default';
// Uri of the document, as `hopwise documents` lists it.
:param uri => '';
MATCH (d:Document {collection: $collection, uri: $uri})-[:HAS_PASSAGE]->(p:Passage)
OPTIONAL MATCH (p)-[:MENTIONS]->(e:Entity)
WITH p, e
ORDER BY e.key
WITH p, collect(e.name) AS names
RETURN p.ordinal AS ordinal, p.start AS start, p.context AS context, names
ORDER BY ordinal;
