// Entities without a type
// Which entities that are named often have no known type?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 50;
MATCH (e:Entity {collection: $collection})
WHERE e.type = 'other'
RETURN e.name AS entity, e.mentions AS mentions, e.passages AS passages, e.documents AS documents
ORDER BY mentions DESC, e.key
LIMIT $limit;
