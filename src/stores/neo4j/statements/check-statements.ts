/** What `doctor` asks the store. */
import { ANY_STATEMENT } from './entity-statements.js';

/** Full counts of a collection. */
export const COUNTED = `
RETURN
  COUNT { MATCH (d:Document) WHERE d.collection = $collection AND d.id IS NOT NULL } AS documents,
  COUNT { MATCH (p:Passage) WHERE p.collection = $collection AND p.id IS NOT NULL } AS passages,
  COUNT { MATCH (e:Entity) WHERE e.collection = $collection AND e.key IS NOT NULL } AS entities,
  COUNT { MATCH (f:Failure) WHERE f.collection = $collection AND f.key IS NOT NULL } AS failures`;

/** Passages in id order with what they say and the relationships that should say the same. */
export const PASSAGE_FACTS = `
MATCH (p:Passage)
WHERE p.collection = $collection AND p.id > $after
WITH p ORDER BY p.collection, p.id LIMIT $limit
OPTIONAL MATCH (x:PassageData {collection: $collection, id: p.id})
RETURN p.id AS id, p.document AS document, x.contribution AS contribution,
  COUNT { (p)<-[:HAS_PASSAGE]-(:Document {collection: $collection, id: p.document}) } AS owners,
  COUNT { (p)-[:ABOUT]->(:Entity {collection: $collection}) } AS about,
  COLLECT {
    MATCH (p)-[m:MENTIONS]->(e)
    RETURN [coalesce(e.full, e.key), m.surface, m.type, m.count, m.about, e.collection = $collection]
  } AS mentions`;

/** Nodes in key order with their counts and the statements that begin in them. */
export const NODE_FACTS: readonly string[] = ['Entity', 'Value'].map(
  (label) => `
MATCH (n:${label})
WHERE n.collection = $collection AND n.key > $after
WITH n ORDER BY n.collection, n.key LIMIT $limit
OPTIONAL MATCH (c:NodeCounts {collection: $collection, key: n.key})
RETURN n.key AS indexed, c.fold AS fold, coalesce(n.full, n.key) AS key, labels(n) AS labels, n.name AS name, n.type AS type,
  n.surfaces AS surfaces, n.mentions AS mentions, n.passages AS passages, n.documents AS documents,
  COUNT { (n)-[r:${ANY_STATEMENT}]->() WHERE r.collection = $collection } AS statements`,
);

/** What hangs on nothing, by label. */
export const ORPHANS = `
RETURN
  COUNT {
    MATCH (x:PassageData)
    WHERE x.collection = $collection AND x.id IS NOT NULL
      AND NOT EXISTS { MATCH (:Passage {collection: $collection, id: x.id}) }
  } AS passageData,
  COUNT {
    MATCH (t:DocumentText)
    WHERE t.collection = $collection AND t.id IS NOT NULL
      AND NOT EXISTS { MATCH (:Document {collection: $collection, id: t.id}) }
  } AS documentTexts,
  COUNT {
    MATCH (d:Document)
    WHERE d.collection = $collection AND d.id IS NOT NULL
      AND (NOT EXISTS { MATCH (:DocumentText {collection: $collection, id: d.id}) }
        OR d.passages <> COUNT { (d)-[:HAS_PASSAGE]->(:Passage) })
  } AS brokenDocuments,
  COUNT {
    MATCH (c:NodeCounts)
    WHERE c.collection = $collection AND c.key IS NOT NULL
      AND NOT EXISTS { MATCH (:Entity {collection: $collection, key: c.key}) }
      AND NOT EXISTS { MATCH (:Value {collection: $collection, key: c.key}) }
  } AS nodeCounts`;
