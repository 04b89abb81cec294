/** Reads of what changed since a generation, and of everything. */

/** Documents put or changed after `$since`; `folded`: whose mentions changed. */
export const CHANGED_DOCUMENTS = `
MATCH (d:Document)
WHERE d.collection = $collection AND d.generation > $since
RETURN d.id AS id, d.generation AS generation, d.passages AS passages, d.characters AS characters`;

export const ALL_DOCUMENTS = `
MATCH (d:Document)
WHERE d.collection = $collection AND d.id IS NOT NULL
RETURN d.id AS id, d.generation AS generation, d.passages AS passages, d.characters AS characters`;

export const REFOLDED_DOCUMENTS = `
MATCH (t:DocumentText)
WHERE t.collection = $collection AND t.folded > $since
MATCH (d:Document {collection: $collection, id: t.id})
RETURN d.id AS id, d.generation AS generation, d.passages AS passages, d.characters AS characters`;

export const REMOVED_DOCUMENTS = `
MATCH (r:Removal)
WHERE r.collection = $collection AND r.generation > $since
RETURN r.document AS id`;

export const DOCUMENT_ROWS = `
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})
RETURN properties(d) AS document`;

export const DOCUMENT_TEXTS = `
UNWIND $ids AS id
MATCH (t:DocumentText {collection: $collection, id: id})
RETURN t.id AS id, t.text AS text`;

/** Passages of the documents from ordinal `$from` up to `$to`. */
export const BUNDLES = `
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})-[:HAS_PASSAGE]->(p:Passage)
WHERE p.ordinal >= $from AND p.ordinal < $to
MATCH (x:PassageData {collection: $collection, id: p.id})
RETURN properties(p) AS passage, x.contribution AS contribution, x.vectors AS vectors`;

/** As BUNDLES; with folded mentions. */
export const BUNDLES_WITH_MENTIONS = `
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})-[:HAS_PASSAGE]->(p:Passage)
WHERE p.ordinal >= $from AND p.ordinal < $to
MATCH (x:PassageData {collection: $collection, id: p.id})
RETURN properties(p) AS passage, x.contribution AS contribution, x.vectors AS vectors,
  COLLECT {
    MATCH (p)-[m:MENTIONS]->(e:Entity)
    RETURN [coalesce(e.full, e.key), m.surface, m.type, m.spans, m.about]
  } AS mentions`;

/** As BUNDLES; folded mentions alone. */
export const MENTIONS_ONLY = `
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})-[:HAS_PASSAGE]->(p:Passage)
WHERE p.ordinal >= $from AND p.ordinal < $to
RETURN {id: p.id, document: p.document, ordinal: p.ordinal} AS passage,
  COLLECT {
    MATCH (p)-[m:MENTIONS]->(e:Entity)
    RETURN [coalesce(e.full, e.key), m.surface, m.type, m.spans, m.about]
  } AS mentions`;
