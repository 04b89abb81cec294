// A document, passage by passage
// What is named where in a document?
// 'default': the collection.
// First run, on a line of its own: :param uri => 'be born in'
//   Uri of the document, as `hopwise documents` lists it.
MATCH (d:Document {collection: 'default', uri: $uri})-[:HAS_PASSAGE]->(p:Passage)
OPTIONAL MATCH (p)-[:MENTIONS]->(e:Entity)
WITH p, e
ORDER BY e.key
WITH p, collect(e.name) AS names
RETURN p.ordinal AS ordinal, p.start AS start, p.context AS context, names
ORDER BY ordinal;
