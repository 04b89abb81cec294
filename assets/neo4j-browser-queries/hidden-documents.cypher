// Hidden documents and reading warnings
// Which documents do questions not see, and which were read with a warning?
// 'default': the collection.
// 100: Rows at most.
MATCH (d:Document {collection: 'default'})
WHERE NOT d.enabled OR size(d.warnings) > 0
RETURN d.uri AS uri, d.enabled AS enabled, d.warnings AS warnings
ORDER BY uri
LIMIT 100;
