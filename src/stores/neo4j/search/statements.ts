/** Statements of search inside Neo4j. A collection's own label and index names are made of hexadecimal digits only. */

export const STATE = `
MATCH (c:Collection {name: $collection})
OPTIONAL MATCH (s:SearchState {collection: $collection})
OPTIONAL MATCH (k:CommitClock {name: $collection})
RETURN properties(c) AS collection, properties(s) AS state, coalesce(k.value, 0) AS clock`;

/** No row while another process brings the search up to date. */
export const CLAIM = `
MERGE (s:SearchState {collection: $collection})
ON CREATE SET s.generation = -1, s.documents = 0, s.passages = 0, s.length = 0, s.linked = 0, s.counted = 0, s.drift = 0,
  s.languages = '{}', s.embedder = '', s.dimensions = 0
WITH s WHERE s.holder IS NULL OR s.holder = $holder OR s.until < timestamp()
SET s.holder = $holder, s.until = timestamp() + $ms
RETURN properties(s) AS state`;

/** First in each transaction that writes: nobody else has taken over. */
export const RENEW = `
MATCH (s:SearchState {collection: $collection, holder: $holder})
SET s.until = timestamp() + $ms
RETURN 1 AS held`;

export const FINISH = `
MATCH (s:SearchState {collection: $collection, holder: $holder})
SET s += $state REMOVE s.holder, s.until`;

export const GIVE_UP = `
MATCH (s:SearchState {collection: $collection, holder: $holder}) REMOVE s.holder, s.until`;

export const KNOWN_PRINTS = `
UNWIND $ids AS id
MATCH (d:SearchDocument {collection: $collection, id: id})
RETURN d.id AS id, d.print AS print`;

export const SET_ENABLED = `
UNWIND $rows AS row
MATCH (d:SearchDocument {collection: $collection, id: row.id})
SET d.enabled = row.enabled`;

export const HELD_PASSAGES = `
UNWIND $ids AS id
MATCH (p:SearchPassage {collection: $collection, document: id})
RETURN p.terms AS terms, p.length AS length, p.language AS language`;

export const DELETE_PASSAGES = `
UNWIND $ids AS id
MATCH (p:SearchPassage {collection: $collection, document: id})
DELETE p`;

/** @returns rows: documents there were */
export const DELETE_DOCUMENTS = `
UNWIND $ids AS id
MATCH (d:SearchDocument {collection: $collection, id: id})
OPTIONAL MATCH (a:SearchAlias)-[:NAMES]->(d)
WITH d, collect(a) AS aliases
DETACH DELETE d
WITH aliases
UNWIND CASE aliases WHEN [] THEN [null] ELSE aliases END AS a
WITH a WHERE a IS NOT NULL AND NOT (a)-[:NAMES]->()
WITH DISTINCT a
DELETE a`;

export const CREATE_DOCUMENTS = `
UNWIND $rows AS row
CREATE (d:SearchDocument {
  collection: $collection, id: row.id, print: row.print, enabled: row.enabled, passages: row.passages, inLinks: 0
})`;

export const createPassages = (label: string): string => `
UNWIND $rows AS row
CREATE (p:SearchPassage:${label} {
  collection: $collection, id: row.id, document: row.document, ordinal: row.ordinal, language: row.language,
  length: row.length, terms: row.terms, words: row.words, vector: row.vector
})`;

export const CREATE_ALIASES = `
UNWIND $rows AS row
MATCH (d:SearchDocument {collection: $collection, id: row.document})
MERGE (a:SearchAlias {collection: $collection, key: row.key})
CREATE (a)-[:NAMES {weight: row.weight}]->(d)`;

export const COUNT_TERMS = `
UNWIND $rows AS row
MERGE (t:SearchTerm {collection: $collection, hash: row.hash})
SET t.df = coalesce(t.df, 0) + row.by`;

export const DOCUMENT_IDS = 'MATCH (d:SearchDocument {collection: $collection}) RETURN d.id AS id ORDER BY id';

/** An alias of more than 25 documents links nowhere, and none from a document whose own name it is. */
export const COUNT_LINKS = `
UNWIND $ids AS id
MATCH (d:SearchDocument {collection: $collection, id: id})
CALL (d) {
  MATCH (a:SearchAlias)-[:NAMES]->(d)
  WHERE count { (a)-[:NAMES]->() } <= 25
  MATCH (e:Entity {collection: $collection, key: a.key})<-[:MENTIONS]-(p:Passage)
  WHERE p.document <> d.id
    AND NOT EXISTS { MATCH (a)-[own:NAMES]->(:SearchDocument {collection: $collection, id: p.document}) WHERE own.weight >= 1 }
  RETURN count(DISTINCT p) AS links
}
SET d.inLinks = links`;

export const LINKED =
  'MATCH (d:SearchDocument {collection: $collection}) WHERE d.inLinks > 0 RETURN count(d) AS linked';

/** @returns nodes deleted */
export const CLEAR = `
MATCH (n:SearchDocument|SearchPassage|SearchAlias|SearchTerm)
WHERE n.collection = $collection
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS deleted`;

export const FORGET_STATE = 'MATCH (s:SearchState {collection: $collection}) DELETE s';

export const createWordsIndex = (name: string, label: string): string => `
CREATE FULLTEXT INDEX ${name} IF NOT EXISTS FOR (p:${label}) ON EACH [p.words]
OPTIONS {indexConfig: {\`fulltext.analyzer\`: 'whitespace', \`fulltext.eventually_consistent\`: false}}`;

export const createVectorIndex = (name: string, label: string, dimensions: number): string => `
CREATE VECTOR INDEX ${name} IF NOT EXISTS FOR (p:${label}) ON p.vector
OPTIONS {indexConfig: {\`vector.dimensions\`: ${dimensions}, \`vector.similarity_function\`: 'cosine'}}`;

export const AWAIT_INDEXES = 'CALL db.awaitIndexes(600)';

export const FREQUENCIES = `
MATCH (t:SearchTerm) WHERE t.collection = $collection AND t.hash IN $hashes
RETURN collect([t.hash, t.df]) AS pairs`;

export const ENTITIES = `
MATCH (e:Entity) WHERE e.collection = $collection AND e.key IN $keys
RETURN collect([e.key, e.passages]) AS pairs`;

export const CLAIMS = `
MATCH (a:SearchAlias) WHERE a.collection = $collection AND a.key IN $keys
MATCH (a)-[r:NAMES]->(d:SearchDocument)
WITH a, r, d ORDER BY d.id
RETURN a.key AS key, collect([d.id, r.weight, d.inLinks]) AS claims`;

export const MATCHING = `
CALL db.index.fulltext.queryNodes($index, $query) YIELD node, score
WHERE node.collection = $collection AND ($scope IS NULL OR node.document IN $scope)
WITH node, score LIMIT $limit
RETURN collect(node.id) AS ids`;

/** Nearest by the mean of their sentences. */
export const NEAREST = `
CALL db.index.vector.queryNodes($index, $most, $vector) YIELD node, score
WHERE node.collection = $collection AND ($scope IS NULL OR node.document IN $scope)
RETURN collect(node.id) AS ids`;

export const VECTORS = `
MATCH (x:PassageData) WHERE x.collection = $collection AND x.id IN $ids
RETURN collect([x.id, x.vectors]) AS pairs`;

export const MENTIONING = `
MATCH (e:Entity) WHERE e.collection = $collection AND e.key IN $keys AND e.passages <= $limit
MATCH (e)<-[:MENTIONS]-(p:Passage)
WHERE $scope IS NULL OR p.document IN $scope
WITH e, p.id AS id ORDER BY id
RETURN e.key AS key, collect(id) AS ids`;

export const OF_DOCUMENTS = `
MATCH (p:SearchPassage) WHERE p.collection = $collection AND p.document IN $documents
WITH p.document AS document, p.id AS id ORDER BY p.ordinal
RETURN document, collect(id) AS ids`;

export const IN_LINKS = `
MATCH (d:SearchDocument) WHERE d.collection = $collection AND d.id IN $ids
RETURN collect([d.id, d.inLinks]) AS pairs`;

export const LOAD = `
MATCH (s:SearchPassage) WHERE s.collection = $collection AND s.id IN $ids
MATCH (x:PassageData {collection: $collection, id: s.id})
MATCH (p:Passage {collection: $collection, id: s.id})
RETURN s.id AS id, s.document AS document, s.ordinal AS ordinal, s.length AS length, s.terms AS terms,
  x.vectors AS vectors, [(p)-[m:MENTIONS]->(e:Entity) | [e.key, m.about, m.spans, e.passages]] AS mentions`;

export const ALL_PASSAGES = `
MATCH (p:SearchPassage) WHERE p.collection = $collection AND ($scope IS NULL OR p.document IN $scope)
WITH p LIMIT $limit
RETURN collect(p.id) AS ids`;

export const VISIBLE = `
MATCH (d:SearchDocument) WHERE d.collection = $collection AND ($scope IS NULL OR d.id IN $scope)
RETURN coalesce(sum(d.passages), 0) AS passages`;

export const ANY_DISABLED = `
MATCH (d:SearchDocument {collection: $collection, enabled: false})
RETURN d.id AS id LIMIT 1`;

export const ENABLED_DOCUMENTS = `
MATCH (d:Document {collection: $collection}) WHERE d.enabled
RETURN properties(d) AS document`;
