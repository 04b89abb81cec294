// title: Passages that mention two entities
// question: Where are two entities named together?
// param one key: Name of one entity.
// param other key: Name of the other.
// param limit integer = 20: Rows at most.
// column uri: Document.
// column passage: Id of the passage, as `hopwise show` takes it.
// column start: Its first character in the document's text.
// column end: Character behind its last.
// column text: Its text.
// example: hopwise book run passages-with-both --param one="Ines Marlowe" --param other="Edda Kovic"
MATCH (:Entity {collection: $collection, key: $one})<-[:MENTIONS]-(p:Passage)-[:MENTIONS]->(:Entity {collection: $collection, key: $other})
MATCH (d:Document {collection: $collection, id: p.document})
RETURN d.uri AS uri, p.id AS passage, p.start AS start, p.end AS end, p.text AS text
ORDER BY uri, start
LIMIT $limit
