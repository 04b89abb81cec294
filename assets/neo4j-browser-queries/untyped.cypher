// Entities without a type
// Which entities that are named often have no known type?
// 'default': the collection.
// 50: Rows at most.
MATCH (e:Entity {collection: 'default'})
WHERE e.type = 'other'
RETURN e.name AS entity, e.mentions AS mentions, e.passages AS passages, e.documents AS documents
ORDER BY mentions DESC, e.key
LIMIT 50;
