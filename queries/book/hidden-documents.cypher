// title: Hidden documents and reading warnings
// question: Which documents do questions not see, and which were read with a warning?
// param limit integer = 100: Rows at most.
// column uri: Uri.
// column enabled: Whether questions see it.
// column warnings: What the reader tolerated.
// example: hopwise book run hidden-documents
MATCH (d:Document {collection: $collection})
WHERE NOT d.enabled OR size(d.warnings) > 0
RETURN d.uri AS uri, d.enabled AS enabled, d.warnings AS warnings
ORDER BY uri
LIMIT $limit
