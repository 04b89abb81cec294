// Hidden documents and reading warnings
// Which documents do questions not see, and which were read with a warning?
// The collection to look at.
:param collection => 'default';
// Rows at most.
:param limit => 100;
MATCH (d:Document {collection: $collection})
WHERE NOT d.enabled OR size(d.warnings) > 0
RETURN d.uri AS uri, d.enabled AS enabled, d.warnings AS warnings
ORDER BY uri
LIMIT $limit;
