/**
 * Reads of documents, passages and what lies beside them. Those that begin with the collection find nothing of one that
 * is not there, be it that another process is loading or deleting it.
 */

const KNOWN = 'MATCH (:Collection {name: $collection})';

export const DOCUMENT = `${KNOWN}
MATCH (d:Document {collection: $collection, id: $id})
MATCH (t:DocumentText {collection: $collection, id: $id})
RETURN properties(d) AS document, t.text AS text`;

export const DOCUMENT_BY_URI = `${KNOWN}
MATCH (d:Document {collection: $collection, uri: $uri})
RETURN properties(d) AS document`;

export const DOCUMENTS_BY_ID = `${KNOWN}
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})
RETURN properties(d) AS document`;

export const DOCUMENTS_OF_SOURCE = `
MATCH (d:Document {collection: $collection, source: $uri})
RETURN properties(d) AS document
UNION ALL
MATCH (d:Document {collection: $collection, uri: $uri})
WHERE d.source IS NULL
RETURN properties(d) AS document`;

/** Documents of many sources: those that share one, and those that are a source each. */
export const DOCUMENTS_OF_SOURCES: readonly string[] = [
  `UNWIND range(0, size($uris) - 1) AS position
WITH position, $uris[position] AS uri
MATCH (d:Document {collection: $collection, source: uri})
RETURN position, properties(d) AS document`,
  `UNWIND range(0, size($uris) - 1) AS position
WITH position, $uris[position] AS uri
MATCH (d:Document {collection: $collection, uri: uri})
WHERE d.source IS NULL
RETURN position, properties(d) AS document`,
];

/** Those whose uri Neo4j orders as the port does, those with another order, and those too long for an index. */
export const DOCUMENT_PAGE: readonly string[] = [
  `MATCH (d:Document)
WHERE d.collection = $collection AND d.uri >= $from AND d.order IS NULL AND d.long IS NULL
  AND NOT coalesce(d.uri = $after, false)
RETURN properties(d) AS document ORDER BY d.collection, d.uri LIMIT $limit`,
  `MATCH (d:Document)
WHERE d.collection = $collection AND d.order >= $from AND NOT coalesce(d.order = $after, false)
RETURN properties(d) AS document ORDER BY d.collection, d.order LIMIT $limit`,
  'MATCH (d:Document {collection: $collection, long: true}) RETURN properties(d) AS document',
];

export const PASSAGES_OF = `${KNOWN}
MATCH (d:Document {collection: $collection, id: $id})-[:HAS_PASSAGE]->(p:Passage)
RETURN properties(p) AS passage ORDER BY p.ordinal`;

export const PASSAGES_BY_ID = `${KNOWN}
UNWIND $ids AS id
MATCH (p:Passage {collection: $collection, id: id})
RETURN properties(p) AS passage`;

export const MENTIONS_OF = `${KNOWN}
UNWIND $ids AS id
MATCH (p:Passage {collection: $collection, id: id})
RETURN id, COLLECT {
  MATCH (p)-[m:MENTIONS]->(e:Entity)
  RETURN [coalesce(e.full, e.key), m.surface, m.type, m.spans, m.about]
} AS mentions`;

/** Of an unknown collection no row. */
export const EVIDENCE = `${KNOWN}
CALL () {
  UNWIND $passages AS id
  MATCH (p:Passage {collection: $collection, id: id})
  RETURN collect([properties(p), COLLECT {
    MATCH (p)-[m:MENTIONS]->(e:Entity)
    RETURN [coalesce(e.full, e.key), m.surface, m.type, m.spans, m.about]
  }]) AS passages
}
CALL () {
  UNWIND $documents AS id
  MATCH (d:Document {collection: $collection, id: id})
  RETURN collect(properties(d)) AS documents
}
RETURN passages, documents`;

export const FAILURES = `
MATCH (f:Failure)
WHERE f.collection = $collection AND f.key IS NOT NULL
RETURN coalesce(f.full, f.key) AS uri, f.record AS record, f.failedAt AS failedAt`;

export const SOURCE = `${KNOWN}
MATCH (s:Source {collection: $collection, key: $uri})
RETURN coalesce(s.full, s.key) AS uri, s.contentHash AS contentHash`;

export const SOURCES_BY_URI = `
UNWIND range(0, size($uris) - 1) AS position
WITH position, $uris[position] AS uri
MATCH (s:Source {collection: $collection, key: uri})
RETURN position, s.contentHash AS contentHash`;

export const SOURCE_PAGE: readonly string[] = [
  `MATCH (s:Source)
WHERE s.collection = $collection AND s.key >= $from AND s.order IS NULL AND s.long IS NULL
  AND NOT coalesce(s.key = $after, false)
RETURN s.key AS uri, s.contentHash AS contentHash ORDER BY s.collection, s.key LIMIT $limit`,
  `MATCH (s:Source)
WHERE s.collection = $collection AND s.order >= $from AND NOT coalesce(s.order = $after, false)
RETURN s.key AS uri, s.contentHash AS contentHash ORDER BY s.collection, s.order LIMIT $limit`,
  `MATCH (s:Source {collection: $collection, long: true})
RETURN s.full AS uri, s.contentHash AS contentHash`,
];

export const ALL_SOURCES = `
MATCH (s:Source)
WHERE s.collection = $collection AND s.key IS NOT NULL
RETURN coalesce(s.full, s.key) AS uri, s.contentHash AS contentHash`;

export const UNSTAGED = `
MATCH (p:Passage)
WHERE p.collection = $collection AND p.id > ''
  AND NOT EXISTS { MATCH (:StagedVectors {collection: $collection, passage: p.id, embedder: $embedder}) }
WITH p ORDER BY p.collection, p.id LIMIT $limit
MATCH (d:Document {collection: $collection, id: p.document})
MATCH (x:PassageData {collection: $collection, id: p.id})
RETURN d.title AS title, properties(p) AS passage, x.contribution AS contribution`;
