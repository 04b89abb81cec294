/**
 * What an operator would write by hand: the same rows as the adapter's, each kind of node and relationship by UNWIND and
 * MERGE on its key, against the same constraints and indexes. It loads once, into a blank database, and cannot update.
 */
import { type StatementType, TYPE_LABELS } from '../../graph-schema/index.js';
import type { WriteBatch } from '../../src/ports/index.js';
import { newContent } from '../../src/stores/neo4j/batch-content.js';
import type { Neo4jConnection } from '../../src/stores/neo4j/connection.js';
import { indexedText, indexedValue } from '../../src/stores/neo4j/indexed-text.js';
import { foldJson, NodeDeltas, parseFold } from '../../src/stores/neo4j/node-deltas.js';
import { int, ints, pieces } from '../../src/stores/neo4j/values.js';

/** Rows of a transaction: of those with texts or vectors, and of the others. */
const LARGE_ROWS = 500;
const ROWS = 5_000;

type Row = Readonly<Record<string, unknown>>;

const DOCUMENTS = `
UNWIND $rows AS row
MERGE (d:Document {collection: $collection, id: row.id}) SET d += row.properties
MERGE (t:DocumentText {collection: $collection, id: row.id}) SET t.text = row.text`;
const PASSAGES = `
UNWIND $rows AS row
MATCH (d:Document {collection: $collection, id: row.document})
MERGE (p:Passage {collection: $collection, id: row.id}) SET p += row.properties
MERGE (x:PassageData {collection: $collection, id: row.id}) SET x += row.data
MERGE (d)-[r:HAS_PASSAGE]->(p) SET r.collection = $collection`;
const NEXT = `
UNWIND $rows AS row
MATCH (a:Passage {collection: $collection, id: row.before})
MATCH (b:Passage {collection: $collection, id: row.after})
MERGE (a)-[r:NEXT]->(b) SET r.collection = $collection`;
const ENTITIES = `
UNWIND $rows AS row
MERGE (n:Entity {collection: $collection, key: row.key}) SET n += row.properties SET n:$(row.labels)
MERGE (c:NodeCounts {collection: $collection, key: row.key}) SET c.fold = row.fold`;
const VALUES = ENTITIES.replace('(n:Entity ', '(n:Value ');
const MENTIONS = `
UNWIND $rows AS row
MATCH (p:Passage {collection: $collection, id: row.passage})
MATCH (e:Entity {collection: $collection, key: row.key})
MERGE (p)-[r:MENTIONS]->(e) SET r += row.properties`;
const ABOUT = `
UNWIND $rows AS row
MATCH (p:Passage {collection: $collection, id: row.passage})
MATCH (e:Entity {collection: $collection, key: row.key})
MERGE (p)-[r:ABOUT]->(e) SET r.collection = $collection`;
/** Labels and types are of fixed lists; as text, since a match by a label in a parameter uses no index. */
const statementsOf = (from: string, to: string, type: string): string => `
UNWIND $rows AS row
MATCH (a:${from} {collection: $collection, key: row.subject})
MATCH (b:${to} {collection: $collection, key: row.object})
MERGE (a)-[r:${type} {passage: row.passage, position: row.position}]->(b) SET r += row.properties`;

interface Rows {
  readonly statement: string;
  readonly size: number;
  readonly rows: Row[];
}

/** All rows of the batches, in the order in which they can be loaded. */
export function plainRows(collection: string, dimensions: number, batches: readonly WriteBatch[]): Rows[] {
  const documents: Row[] = [];
  const passages: Row[] = [];
  const next: Row[] = [];
  const mentions: Row[] = [];
  const about: Row[] = [];
  const said: { readonly type: StatementType; readonly row: Row; readonly subject: string; readonly object: string }[] =
    [];
  const deltas = new NodeDeltas();
  for (const batch of batches) {
    for (const document of newContent({ name: collection, dimensions, generation: 1 }, batch).documents) {
      documents.push({ id: document.id, properties: document.properties, text: document.text });
      deltas.document(
        [],
        document.passages.flatMap((passage) => passage.mentions.map(({ key }) => key)),
      );
      document.passages.forEach(({ id, row, ...passage }, i) => {
        const { contribution, vectors, ...properties } = row;
        passages.push({
          id,
          document: document.id,
          properties,
          data: { document: document.id, contribution, vectors },
        });
        if (i > 0) next.push({ before: document.passages[i - 1]!.id, after: id });
        for (const mention of passage.mentions) {
          deltas.mention(mention, 1);
          const { key, surface, type, count, spans } = mention;
          const properties = { collection, surface, type, count: int(count), spans: ints(spans), about: mention.about };
          mentions.push({ passage: id, key: indexedValue(key), properties });
          if (mention.about) about.push({ passage: id, key: indexedValue(key) });
        }
        for (const { type, subject, object, position, start, end, ...rest } of passage.statements) {
          deltas.end(subject, 1);
          deltas.end(object, 1);
          const { predicate, document: of, confidence, negated, hedged, extractor } = rest;
          const own = { predicate, document: of, confidence, negated, hedged, extractor };
          const properties = { collection, start: int(start), end: int(end), ...own };
          const ends = { subject: indexedValue(subject.key), object: indexedValue(object.key) };
          said.push({ type, row: { passage: id, position: int(position), properties, ...ends }, ...ends });
        }
      });
    }
  }
  const nodes = nodeRows(deltas);
  const labels = new Map(nodes.map(({ label, row }) => [row['key'], label]));
  const statements = new Map<string, Row[]>();
  for (const { type, row, subject, object } of said) {
    const statement = statementsOf(labels.get(subject) ?? 'Value', labels.get(object) ?? 'Value', type);
    const rows = statements.get(statement) ?? [];
    if (rows.length === 0) statements.set(statement, rows);
    rows.push(row);
  }
  const of = (wanted: string): Row[] => nodes.flatMap(({ label, row }) => (label === wanted ? [row] : []));
  return [
    { statement: DOCUMENTS, size: LARGE_ROWS, rows: documents },
    { statement: PASSAGES, size: LARGE_ROWS, rows: passages },
    { statement: NEXT, size: ROWS, rows: next },
    { statement: ENTITIES, size: ROWS, rows: of('Entity') },
    { statement: VALUES, size: ROWS, rows: of('Value') },
    { statement: MENTIONS, size: ROWS, rows: mentions },
    { statement: ABOUT, size: ROWS, rows: about },
    ...[...statements]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([statement, rows]) => ({ statement, size: ROWS, rows })),
  ];
}

function nodeRows(deltas: NodeDeltas): { readonly label: 'Entity' | 'Value'; readonly row: Row }[] {
  return deltas.keys().flatMap((key) => {
    const fold = parseFold(undefined);
    deltas.apply(key, fold);
    const view = fold.view();
    if (view === undefined) return [];
    const { value, order, full, fullOrder, long } = indexedText(key);
    const { label, name, type } = view;
    const typed = TYPE_LABELS[type];
    const counts =
      view.label === 'Value'
        ? {}
        : {
            surfaces: view.surfaces,
            mentions: int(view.mentions),
            passages: int(view.passages),
            documents: int(view.documents),
          };
    const properties = { order, full, fullOrder, long, name, type, ...counts };
    const labels = typed === undefined ? [label] : [label, typed];
    return [{ label, row: { key: value, properties, labels, fold: foldJson(fold) } }];
  });
}

/** Loads rows, a piece a transaction. */
export async function loadPlainly(
  connection: Neo4jConnection,
  collection: string,
  kinds: readonly Rows[],
): Promise<void> {
  for (const { statement, size, rows } of kinds) {
    for (const some of pieces(rows, size)) {
      await connection.write((tx) => tx.run(statement, { collection, rows: some }));
    }
  }
}
