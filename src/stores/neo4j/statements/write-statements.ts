/**
 * Writes of a batch. Nodes that the same transaction has read or made are found by element id, which is faster than by
 * index and takes no lock on it; every list comes sorted, so that two writers never wait for each other.
 */
import { ANY_STATEMENT } from './entity-statements.js';

// What is there before.

export const STORED_DOCUMENTS = `
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})
RETURN id, elementId(d) AS element`;

export const DOCUMENTS_WITH_URIS = `
UNWIND $uris AS uri
MATCH (d:Document {collection: $collection, uri: uri})
RETURN uri, d.id AS id`;

export const FAILURES_WITH_URIS = `
UNWIND $uris AS uri
MATCH (f:Failure {collection: $collection, key: uri})
RETURN uri`;

/** Passages and what they say, of documents that go. */
export const STORED_CONTENT = `
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})-[:HAS_PASSAGE]->(p:Passage)
MATCH (x:PassageData {collection: $collection, id: p.id})
RETURN p.id AS id, id AS document, x.contribution AS contribution,
  COLLECT {
    MATCH (p)-[m:MENTIONS]->(e:Entity)
    RETURN [coalesce(e.full, e.key), m.surface, m.type, m.count]
  } AS mentions`;

/** Passages that stay and whose mentions are replaced. */
export const STORED_MENTIONS = `
UNWIND $ids AS id
MATCH (p:Passage {collection: $collection, id: id})
RETURN id, elementId(p) AS element, p.document AS document,
  COLLECT {
    MATCH (p)-[m:MENTIONS]->(e:Entity)
    RETURN [coalesce(e.full, e.key), m.surface, m.type, m.count, m.spans, m.about]
  } AS mentions`;

/** Passages of a document that mention the keys. */
export const MENTIONING_PASSAGES = `
UNWIND $rows AS row
MATCH (d:Document {collection: $collection, id: row.document})-[:HAS_PASSAGE]->(p:Passage)-[:MENTIONS]->(e:Entity)
WHERE e.key IN row.keys
RETURN row.document AS document, coalesce(e.full, e.key) AS key, count(p) AS passages`;

export const STORED_NODES = `
UNWIND $keys AS key
OPTIONAL MATCH (e:Entity {collection: $collection, key: key})
OPTIONAL MATCH (v:Value {collection: $collection, key: key})
WITH key, coalesce(e, v) AS n WHERE n IS NOT NULL
MATCH (c:NodeCounts {collection: $collection, key: key})
RETURN coalesce(n.full, n.key) AS key, elementId(n) AS element, elementId(c) AS counts, c.fold AS fold`;

// What goes.

/** The ends are known, so Neo4j walks from the one with fewer relationships. */
export const DELETE_STATEMENTS = `
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.subject
MATCH (b) WHERE elementId(b) = row.object
MATCH (a)-[r:${ANY_STATEMENT}]->(b)
WHERE r.passage = row.passage
DELETE r`;

export const DELETE_DOCUMENTS = `
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})
MATCH (t:DocumentText {collection: $collection, id: id})
DETACH DELETE d, t`;

export const DELETE_PASSAGES = `
UNWIND $ids AS id
MATCH (p:Passage {collection: $collection, id: id})
MATCH (x:PassageData {collection: $collection, id: id})
DETACH DELETE p, x`;

export const DELETE_STAGED = `
UNWIND $ids AS id
MATCH (s:StagedVectors {collection: $collection, passage: id})
WHERE s.embedder IS NOT NULL
DELETE s`;

export const DELETE_MENTIONS = `
UNWIND $rows AS row
MATCH (p) WHERE elementId(p) = row.passage
MATCH (p)-[m:MENTIONS|ABOUT]->(e:Entity)
WHERE e.key IN row.keys
DELETE m`;

// What comes.

export const CREATE_DOCUMENTS = `
UNWIND $rows AS row
CREATE (d:Document)
SET d = row.document
CREATE (:DocumentText {collection: $collection, id: row.document.id, text: row.text})
RETURN row.document.id AS id, elementId(d) AS element`;

export const CREATE_PASSAGES = `
UNWIND $rows AS row
MATCH (d) WHERE elementId(d) = row.owner
CREATE (d)-[:HAS_PASSAGE {collection: $collection}]->(p:Passage {
  collection: $collection, id: row.id, document: row.document, ordinal: row.ordinal, text: row.text,
  start: row.start, end: row.end, page: row.page, row: row.row, context: row.context
})
CREATE (:PassageData {
  collection: $collection, id: row.id, document: row.document, contribution: row.contribution, vectors: row.vectors
})
RETURN row.id AS id, elementId(p) AS element`;

export const CREATE_NEXT = `
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.before
MATCH (b) WHERE elementId(b) = row.after
CREATE (a)-[:NEXT {collection: $collection}]->(b)`;

/** One record for all, in the order of the rows. */
export const CREATE_NODES = `
UNWIND $rows AS row
CREATE (n:$(row.labels) {
  collection: $collection, key: row.key, order: row.order, full: row.full, fullOrder: row.fullOrder, long: row.long,
  name: row.name, type: row.type, surfaces: row.surfaces, mentions: row.mentions, passages: row.passages,
  documents: row.documents
})
CREATE (c:NodeCounts {collection: $collection, key: row.key, fold: row.fold})
RETURN collect(elementId(n)) AS elements, collect(elementId(c)) AS counts`;

export const UPDATE_COUNTS = `
UNWIND $rows AS row
MATCH (c) WHERE elementId(c) = row.counts
SET c.fold = row.fold`;

/** Only what differs is in `changes`; a null takes a property away. */
export const UPDATE_NODES = `
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.element
SET n += row.changes`;

export const RELABEL_NODES = `
UNWIND $rows AS row
MATCH (n) WHERE elementId(n) = row.element
REMOVE n:Entity:Value:Person:Organisation:Place:Work:Event:Date:Quantity
SET n:$(row.labels)`;

export const DELETE_NODES = `
UNWIND $elements AS element
MATCH (n) WHERE elementId(n) = element
DETACH DELETE n`;

export const CREATE_MENTIONS = `
UNWIND $rows AS row
MATCH (p) WHERE elementId(p) = row.passage
MATCH (e) WHERE elementId(e) = row.entity
CREATE (p)-[:MENTIONS {
  collection: $collection, surface: row.surface, type: row.type, count: row.count, spans: row.spans, about: row.about
}]->(e)`;

export const CREATE_ABOUT = `
UNWIND $rows AS row
MATCH (p) WHERE elementId(p) = row.passage
MATCH (e) WHERE elementId(e) = row.entity
CREATE (p)-[:ABOUT {collection: $collection}]->(e)`;

export const CREATE_STATEMENTS = `
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.subject
MATCH (b) WHERE elementId(b) = row.object
CREATE (a)-[:$(row.type) {
  collection: $collection, predicate: row.predicate, passage: row.passage, document: row.document,
  position: row.position, start: row.start, end: row.end, confidence: row.confidence, negated: row.negated,
  hedged: row.hedged, extractor: row.extractor
}]->(b)`;

// Records beside the graph.

export const PUT_RECORDS = `
UNWIND $rows AS row
MATCH (d:Document {collection: $collection, id: row.id})
SET d += row.changes
RETURN row.id AS id`;

export const SET_ENABLED = `
UNWIND $ids AS id
MATCH (d:Document {collection: $collection, id: id})
WHERE d.enabled <> $enabled
SET d.enabled = $enabled, d.generation = $generation`;

export const TOUCH_ALL = `
MATCH (d:Document)
WHERE d.collection = $collection AND d.id IS NOT NULL
SET d.generation = $generation`;

export const MARK_REFOLDED = `
UNWIND $ids AS id
MATCH (t:DocumentText {collection: $collection, id: id})
SET t.folded = $generation`;

export const CREATE_REMOVALS = `
UNWIND $ids AS id
MERGE (r:Removal {collection: $collection, document: id})
SET r.generation = $generation`;

export const DELETE_REMOVALS = `
UNWIND $ids AS id
MATCH (r:Removal {collection: $collection, document: id})
DELETE r`;

export const DELETE_FAILURES = `
UNWIND $uris AS uri
MATCH (f:Failure {collection: $collection, key: uri})
DELETE f`;

export const CREATE_FAILURES = 'UNWIND $rows AS row CREATE (f:Failure) SET f = row';

export const DELETE_SOURCES = `
UNWIND $uris AS uri
MATCH (s:Source {collection: $collection, key: uri})
DELETE s`;

export const PUT_SOURCES = `
UNWIND $rows AS row
MERGE (s:Source {collection: $collection, key: row.key})
SET s += row`;

// Vectors of another embedder.

export const STAGE_VECTORS = `
UNWIND $rows AS row
MERGE (s:StagedVectors {collection: $collection, passage: row.passage, embedder: $embedder})
SET s.vectors = row.vectors`;

export const EXISTING_PASSAGES = `
UNWIND $ids AS id
MATCH (p:Passage {collection: $collection, id: id})
RETURN id`;

export const COUNT_STAGED = `
MATCH (s:StagedVectors)
WHERE s.collection = $collection AND s.passage IS NOT NULL AND s.embedder = $embedder
RETURN count(s) AS staged`;

export const USE_STAGED = `
MATCH (s:StagedVectors)
WHERE s.collection = $collection AND s.passage IS NOT NULL AND s.embedder = $embedder
MATCH (x:PassageData {collection: $collection, id: s.passage})
SET x.vectors = s.vectors`;

export const DROP_STAGED = `
MATCH (s:StagedVectors)
WHERE s.collection = $collection AND s.passage IS NOT NULL AND s.embedder IS NOT NULL
DELETE s`;
