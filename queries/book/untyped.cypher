// title: Entities without a type
// question: Which entities that are named often have no known type?
// param limit integer = 50: Rows at most.
// column entity: Name.
// column mentions: How often it is named.
// column passages: In how many passages.
// column documents: In how many documents.
// example: hopwise book run untyped
MATCH (e:Entity {collection: $collection})
WHERE e.type = 'other'
RETURN e.name AS entity, e.mentions AS mentions, e.passages AS passages, e.documents AS documents
ORDER BY mentions DESC, e.key
LIMIT $limit
