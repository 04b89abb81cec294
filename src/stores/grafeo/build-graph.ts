/**
 * Writes documents into a graph file, new or brought up to date, as rows of the property graph; within the child. A file
 * updated any number of times shows what one built from nothing shows.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mentionRows, type StatementRow } from '../../graph/property-rows.js';
import { BuildState, type DocumentState, type PassageState, type SaidOf } from './build-state.js';
import { type GrafeoDatabase, loadGrafeo } from './grafeo-engine.js';
import { type GraphRows, graphRows } from './graph-rows.js';
import { KeyNodes } from './key-nodes.js';
import type { LensDocument, LensMentions } from './lens-document.js';
import { GRAPH_FILE, STATE_FILE } from './lens-files.js';
import type { CollectionProperties, GraphCounts } from './messages.js';

/** Passages written at once. */
const BATCH_PASSAGES = 400;

const INDEXES = [
  'CREATE INDEX document_id FOR (n:Document) ON (n.id)',
  'CREATE INDEX document_uri FOR (n:Document) ON (n.uri)',
  'CREATE INDEX document_title FOR (n:Document) ON (n.title)',
  'CREATE INDEX passage_id FOR (n:Passage) ON (n.id)',
  'CREATE INDEX passage_document FOR (n:Passage) ON (n.document)',
  'CREATE INDEX entity_key FOR (n:Entity) ON (n.key)',
  'CREATE INDEX entity_name FOR (n:Entity) ON (n.name)',
  'CREATE INDEX value_key FOR (n:Value) ON (n.key)',
];

interface Edge {
  readonly src: number;
  readonly dst: number;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export class GraphBuild {
  private readonly database: GrafeoDatabase;
  private readonly state: BuildState;
  private readonly keys: KeyNodes;
  private pending: LensDocument[] = [];
  private pendingPassages = 0;
  private counts: { -readonly [name in keyof GraphCounts]: number };
  private collectionNode: number | undefined;

  /**
   * @param folder where the files are made, or lie when `base`
   * @param onWritten told rows written since it was told last
   */
  constructor(
    private readonly folder: string,
    private readonly collection: string,
    private readonly base: boolean,
    private readonly onWritten: (rows: number) => void,
  ) {
    const file = join(folder, GRAPH_FILE);
    const Grafeo = loadGrafeo();
    // A new graph grows in memory and is written once; an old one keeps its numbers.
    this.database = base ? Grafeo.open(file) : Grafeo.create();
    this.state = new BuildState(join(folder, STATE_FILE));
    if (!base) this.state.create();
    this.state.begin();
    const stored = base ? this.state.meta('counts') : undefined;
    this.counts =
      stored === undefined
        ? { documents: 0, passages: 0, entities: 0, relations: 0, mentions: 0 }
        : (JSON.parse(stored) as GraphCounts);
    const node = this.state.meta('collection');
    this.collectionNode = node === undefined ? undefined : Number(node);
    this.keys = new KeyNodes(this.database, this.state, collection, base);
  }

  /** Adds a document, in place of the one of its id. */
  async put(document: LensDocument): Promise<void> {
    if (this.base) await this.remove(document.document.id);
    this.pending.push(document);
    this.pendingPassages += document.passages.length + 1;
    if (this.pendingPassages >= BATCH_PASSAGES) await this.flush();
  }

  /** Removes a document with its passages and statements; unknown ids are ignored. */
  async remove(id: string): Promise<void> {
    await this.flushed(id);
    const state = this.state.document(id);
    if (state === undefined) return;
    for (const statement of state.statements) this.database.deleteEdge(statement);
    for (const passage of state.passages) {
      for (const said of passage.mentions) this.keys.mention(said, -1);
      for (const end of passage.ends) this.keys.end(end, -1);
      this.database.detachDeleteNode(passage.node);
      this.counts.mentions -= occurrences(passage.mentions);
    }
    for (const key of mentionedKeys(state.passages)) this.keys.documents(key, -1);
    this.database.detachDeleteNode(state.node);
    this.state.removeDocument(id);
    this.counts.documents--;
    this.counts.passages -= state.passages.length;
    this.counts.relations -= state.statements.length;
  }

  /** Replaces the mentions of a passage whose document stays. */
  async mention({ documentId, passageId, mentions }: LensMentions): Promise<void> {
    await this.flushed(documentId);
    const state = this.state.document(documentId);
    const passage = state?.passages.find(({ id }) => id === passageId);
    if (state === undefined || passage === undefined) return;
    const { database } = this;
    for (const [, edge] of database.getNodeEdges(passage.node, { direction: 'out', edgeTypes: ['MENTIONS', 'ABOUT'] }))
      if (edge !== undefined) database.deleteEdge(edge);
    const rows = mentionRows(passageId, mentions);
    const said = rows.map(({ key, surface, type, count }): SaidOf => [key, surface, type, count]);
    await this.keys.ensure(said.map(([key]) => key));
    for (const old of passage.mentions) this.keys.mention(old, -1);
    for (const one of said) this.keys.mention(one, 1);
    await database.batchCreateEdges(rows.flatMap((row) => this.mentionEdges(passage.node, row)));
    const passages = state.passages.map((one) => (one === passage ? { ...passage, mentions: said } : one));
    const before = mentionedKeys(state.passages);
    const after = mentionedKeys(passages);
    for (const key of before) if (!after.has(key)) this.keys.documents(key, -1);
    for (const key of after) if (!before.has(key)) this.keys.documents(key, 1);
    this.counts.mentions += occurrences(said) - occurrences(passage.mentions);
    this.state.putDocument(documentId, { ...state, passages });
  }

  /**
   * Writes what is pending, the nodes of keys, the indexes and the files.
   * @param properties of the Collection node but its counts
   */
  async finish(properties: CollectionProperties): Promise<GraphCounts> {
    await this.flush();
    this.counts.entities += await this.keys.finish(this.onWritten);
    const { database, state, counts } = this;
    const shown = { ...properties, ...counts };
    if (this.collectionNode === undefined) {
      const [node] = await database.batchCreateNodesWithProps(['Collection'], [shown]);
      state.setMeta('collection', String(node));
    } else {
      for (const [name, value] of Object.entries(shown)) database.setNodeProperty(this.collectionNode, name, value);
    }
    state.setMeta('counts', JSON.stringify(counts));
    if (!this.base) for (const index of INDEXES) await database.executeCypher(index);
    await this.save();
    state.finish();
    return counts;
  }

  private async save(): Promise<void> {
    const { database } = this;
    const file = join(this.folder, GRAPH_FILE);
    if (!this.base) {
      database.save(file);
      database.close();
      return;
    }
    // Written anew: a file that is checkpointed in place keeps what it held before.
    const fresh = `${file}.new`;
    database.save(fresh);
    database.close();
    rmSync(file, { recursive: true });
    if (existsSync(`${file}.wal`)) rmSync(`${file}.wal`, { recursive: true });
    renameSync(fresh, file);
  }

  /** Writes a document of that id that is still pending. */
  private async flushed(id: string): Promise<void> {
    if (this.pending.some(({ document }) => document.id === id)) await this.flush();
  }

  private async flush(): Promise<void> {
    const { database } = this;
    const batch = this.pending.map((document) => graphRows(document, this.collection));
    this.pending = [];
    this.pendingPassages = 0;
    if (batch.length === 0) return;
    const documents = await database.batchCreateNodesWithProps(
      ['Document'],
      batch.map(({ document }) => document),
    );
    const passages = await database.batchCreateNodesWithProps(
      ['Passage'],
      batch.flatMap((one) => one.passages),
    );
    await this.keys.ensure(batch.flatMap(({ said, ends }) => [...said, ...ends].flat().map(([key]) => key)));
    const edges: Edge[] = [];
    const statements: Edge[] = [];
    const owners: number[] = [];
    let at = 0;
    const states = batch.map((one, i): { passages: PassageState[]; node: number } => {
      const nodes = passages.slice(at, at + one.passages.length);
      at += nodes.length;
      edges.push(...this.structure(documents[i]!, nodes), ...this.mentions(one, nodes));
      for (const row of one.statements) {
        statements.push(this.statementEdge(row));
        owners.push(i);
      }
      return { node: documents[i]!, passages: this.fold(one, nodes) };
    });
    await database.batchCreateEdges(edges);
    const numbers = statements.length === 0 ? [] : await database.batchCreateEdges(statements);
    const ofDocument: number[][] = states.map(() => []);
    numbers.forEach((number, i) => {
      ofDocument[owners[i]!]!.push(number);
    });
    states.forEach(({ node, passages: its }, i) => {
      const state: DocumentState = { node, passages: its, statements: ofDocument[i]! };
      this.state.putDocument(batch[i]!.document.id, state);
    });
    this.counts.documents += batch.length;
    this.counts.passages += passages.length;
    this.counts.relations += statements.length;
    this.onWritten(documents.length + passages.length + edges.length + statements.length);
  }

  private structure(document: number, passages: readonly number[]): Edge[] {
    const properties = { collection: this.collection };
    return passages.flatMap((node, i): Edge[] => [
      { src: document, dst: node, type: 'HAS_PASSAGE', properties },
      ...(i === 0 ? [] : [{ src: passages[i - 1]!, dst: node, type: 'NEXT', properties }]),
    ]);
  }

  private mentions({ mentions }: GraphRows, nodes: readonly number[]): Edge[] {
    return mentions.flatMap((rows, i) => rows.flatMap((row) => this.mentionEdges(nodes[i]!, row)));
  }

  private mentionEdges(passage: number, row: ReturnType<typeof mentionRows>[number]): Edge[] {
    const { key, surface, type, count, spans, about } = row;
    const { collection } = this;
    const dst = this.keys.node(key);
    const properties = { collection, surface, type, count, spans, about };
    const mention: Edge = { src: passage, dst, type: 'MENTIONS', properties };
    return about ? [mention, { src: passage, dst, type: 'ABOUT', properties: { collection } }] : [mention];
  }

  private statementEdge({ type, subject, object, ...said }: StatementRow): Edge {
    const properties = { collection: this.collection, ...said };
    return { src: this.keys.node(subject.key), dst: this.keys.node(object.key), type, properties };
  }

  private fold({ passages, said, ends }: GraphRows, nodes: readonly number[]): PassageState[] {
    const states = passages.map(
      ({ id }, i): PassageState => ({ id, node: nodes[i]!, mentions: said[i]!, ends: ends[i]! }),
    );
    for (const state of states) {
      for (const one of state.mentions) this.keys.mention(one, 1);
      for (const end of state.ends) this.keys.end(end, 1);
      this.counts.mentions += occurrences(state.mentions);
    }
    for (const key of mentionedKeys(states)) this.keys.documents(key, 1);
    return states;
  }
}

function mentionedKeys(passages: readonly PassageState[]): Set<string> {
  return new Set(passages.flatMap(({ mentions }) => mentions.map(([key]) => key)));
}

function occurrences(said: readonly SaidOf[]): number {
  return said.reduce((sum, [, , , count]) => sum + count, 0);
}
