// title: A document, passage by passage
// question: What is named where in a document?
// param uri string: Uri of the document, as `hopwise documents` lists it.
// column ordinal: Place of the passage, from 0.
// column start: Its first character in the document's text.
// column context: Headings above it.
// column names: Entities that it mentions, in the order of keys.
// example: hopwise book run reading-order --param uri=halvard-coast/ines-marlowe.md
MATCH (d:Document {collection: $collection, uri: $uri})-[:HAS_PASSAGE]->(p:Passage)
OPTIONAL MATCH (p)-[:MENTIONS]->(e:Entity)
WITH p, e
ORDER BY e.key
WITH p, collect(e.name) AS names
RETURN p.ordinal AS ordinal, p.start AS start, p.context AS context, names
ORDER BY ordinal
