/** Collections: their node, which people see, and the nodes beside it that only the store reads. */

export const ALL_COLLECTIONS = 'MATCH (c:Collection) RETURN properties(c) AS collection';

/** With its clock, which is twice the generation when all of it is visible. */
export const COLLECTION = `
MATCH (c:Collection {name: $collection})
OPTIONAL MATCH (k:CommitClock {name: $collection})
RETURN properties(c) AS collection, k.value AS clock`;

export const GENERATION = 'MATCH (c:Collection {name: $collection}) RETURN c.generation AS generation';

/**
 * With what a consistent reading needs: the clock is even, twice the generation, when no commit is under way, and `late`
 * when a writer left it odd and is gone.
 */
export const COLLECTION_AT_REST = `
MATCH (c:Collection {name: $collection})
MATCH (s:CollectionState {name: $collection})
OPTIONAL MATCH (k:CommitClock {name: $collection})
RETURN properties(c) AS collection, s.logStart AS logStart, k.value AS clock, timestamp() > k.until AS late`;

/** What a write begins with. */
export const COLLECTION_FOR_WRITING = `
MATCH (c:Collection {name: $collection})
MATCH (s:CollectionState {name: $collection})
RETURN properties(c) AS collection, s.logStart AS logStart, s.lastWrite AS lastWrite`;

/** The end of a write. */
export const UPDATE_COLLECTION = `
MATCH (c:Collection {name: $collection})
MATCH (s:CollectionState {name: $collection})
SET c.generation = $generation, c.documents = $documents, c.passages = $passages, c.entities = $entities,
  c.relations = $relations, c.mentions = $mentions, c.failures = $failures, s.lastWrite = $write`;

export const STAMP_EMBEDDER =
  'MATCH (c:Collection {name: $collection}) SET c.embedder = $embedder, c.dimensions = $dimensions';

/** Begins or ends the time in which a commit becomes visible bit by bit. */
export const SET_CLOCK = `
MERGE (k:CommitClock {name: $collection})
SET k.value = $value, k.until = timestamp() + $ms`;

/** What is known of a name before its collection is made. */
export const NAME_STATE = `
OPTIONAL MATCH (c:Collection {name: $collection})
OPTIONAL MATCH (s:CollectionState {name: $collection})
OPTIONAL MATCH (k:CommitClock {name: $collection})
OPTIONAL MATCH (u:Unfinished {name: $collection})
RETURN c IS NOT NULL AS exists, s.lastWrite AS lastWrite, k.value AS clock, u IS NOT NULL AS unfinished`;

export const CREATE_COLLECTION = `
CREATE (c:Collection {
  collection: $collection, name: $collection, generation: $generation, embedder: $embedder, dimensions: $dimensions,
  documents: $documents, passages: $passages, entities: $entities, relations: $relations, mentions: $mentions,
  failures: $failures
})
CREATE (s:CollectionState {name: $collection, logStart: $logStart, lastWrite: $write})
WITH c
MATCH (u:Unfinished {name: $collection})
DELETE u`;

/** The collection is gone for every reader; its content is then deleted in pieces. */
export const RETIRE_COLLECTION = `
MERGE (:Unfinished {name: $collection})
WITH 1 AS one
MATCH (c:Collection {name: $collection})
MATCH (s:CollectionState {name: $collection})
DELETE c, s`;

export const MARK_UNFINISHED = 'MERGE (:Unfinished {name: $collection})';

export const ALL_UNFINISHED = 'MATCH (u:Unfinished) RETURN u.name AS name ORDER BY name';

/** Labels of a collection's content with the property that completes their index; relationships go with their nodes. */
const CONTENT = [
  ['Passage', 'id'],
  ['PassageData', 'id'],
  ['StagedVectors', 'passage'],
  ['Document', 'id'],
  ['DocumentText', 'id'],
  ['Entity', 'key'],
  ['Value', 'key'],
  ['NodeCounts', 'key'],
  ['Source', 'key'],
  ['Failure', 'key'],
  ['Removal', 'document'],
  ['SourceClaim', 'key'],
] as const;

/** One for each label: deletes at most `$most` nodes and tells how many it did. */
export const DELETE_CONTENT: readonly string[] = CONTENT.map(
  ([label, property]) => `
MATCH (n:${label})
WHERE n.collection = $collection AND n.${property} IS NOT NULL
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS deleted`,
);

export const TRIM_REMOVALS = `
MATCH (r:Removal)
WHERE r.collection = $collection AND r.document IS NOT NULL
WITH count(r) AS removals, max(r.generation) AS last
WHERE removals > $most
MATCH (s:CollectionState {name: $collection})
SET s.logStart = last
WITH s
MATCH (r:Removal)
WHERE r.collection = $collection AND r.document IS NOT NULL
DELETE r`;

export const FORGET_UNFINISHED = 'MATCH (u:Unfinished {name: $collection}) DELETE u';

/** A name for this graph that no other has, for what is derived from it and kept elsewhere. */
export const IDENTITY = "MATCH (s:Store {name: 'store'}) RETURN s.id AS id";

export const MAKE_IDENTITY = "MERGE (s:Store {name: 'store'}) ON CREATE SET s.id = $id RETURN s.id AS id";
