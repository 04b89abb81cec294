/** The graph in a Neo4j database: any number of readers, one writer at a time, in any process on any machine. */
import { randomUUID } from 'node:crypto';
import type { EntityType } from '../../../graph-schema/index.js';
import { StoreError } from '../../errors.js';
import type { EvidenceRequest, GraphStore, PageRequest, SourceClaim, WriterLease } from '../../ports/index.js';
import { leaseForeign } from '../refusals.js';
import { backupTo } from './backup.js';
import { readChanges, readMentionsSince, readStamps } from './changes.js';
import { checkStore } from './check.js';
import { readCollection, readCollections, readGeneration } from './collection-nodes.js';
import type { Neo4jConnection } from './connection.js';
import { EvidenceCache } from './evidence-cache.js';
import { exportCollection } from './export-collection.js';
import { importCollection } from './import-collection.js';
import { Neo4jWriter } from './neo4j-writer.js';
import { NodeCache } from './node-cache.js';
import * as documents from './read-documents.js';
import * as graph from './read-graph.js';
import { claimSources, releaseSources } from './source-claims.js';
import { type Run, runAlone } from './statement.js';
import { WriterLeaseNode } from './writer-lease.js';

export interface Neo4jStoreParts {
  readonly connection: Neo4jConnection;
  readonly identity: string;
  readonly readOnly: boolean;
  readonly leaseMs: number;
  readonly keptEvidence: number;
  readonly now: () => Date;
}

export class Neo4jStore implements GraphStore {
  readonly kind = 'neo4j';
  readonly sharedWriting = true;
  /** Another one for a graph made anew, the same however it is addressed. */
  readonly identity: string;
  readonly connection: Neo4jConnection;
  private readonly parts: Neo4jStoreParts;
  private readonly alone: Run;
  /** Of this handle, among those that write by turns. */
  private readonly client = randomUUID();
  private readonly nodes = new NodeCache();
  private readonly kept: EvidenceCache;
  private readonly writers = new Set<Neo4jWriter>();
  private closed = false;

  constructor(parts: Neo4jStoreParts) {
    this.parts = parts;
    this.identity = parts.identity;
    this.connection = parts.connection;
    this.alone = runAlone(parts.connection);
    this.kept = new EvidenceCache(parts.keptEvidence);
  }

  async collections() {
    return readCollections(this.run());
  }

  async collection(name: string) {
    const seen = await readCollection(this.run(), name);
    this.kept.checked(name, seen?.info, seen?.whole === true);
    return seen?.info;
  }

  async acquireWriter(options: { readonly waitMs: number; readonly signal?: AbortSignal }): Promise<WriterLease> {
    this.run();
    const { connection, readOnly, leaseMs, now } = this.parts;
    if (readOnly)
      throw new StoreError('STORE_READ_ONLY', `The store ${connection.address.uri} was opened for reading only`, {
        place: { uri: connection.address.uri },
        remedy: 'Open it without `readOnly`.',
      });
    const { client } = this;
    const lease = await WriterLeaseNode.acquire(connection, { ...options, leaseMs, now, client });
    const writer = new Neo4jWriter(connection, lease, this.nodes, (released) => this.writers.delete(released));
    this.writers.add(writer);
    return writer;
  }

  async claimSources(collection: string, uris: readonly string[], claim: SourceClaim) {
    return this.found(collection, () => claimSources(this.parts.connection, collection, uris, claim));
  }

  async releaseSources(collection: string, holder: string, uris?: readonly string[]) {
    return this.beside(collection, () => releaseSources(this.parts.connection, collection, holder, uris));
  }

  async generation(collection: string) {
    return readGeneration(this.run(), collection);
  }

  async changes(collection: string, since: number) {
    return readChanges(this.run(), collection, since);
  }

  async stamps(collection: string, since: number) {
    return this.beside(collection, (run) => readStamps(run, collection, since));
  }

  async mentionsSince(collection: string, since: number) {
    return readMentionsSince(this.run(), collection, since);
  }

  async document(collection: string, id: string) {
    return this.found(collection, (run) => documents.readDocument(run, collection, id));
  }

  async documents(collection: string, page: PageRequest) {
    return this.beside(collection, (run) => documents.readDocuments(run, collection, page));
  }

  async documentByUri(collection: string, uri: string) {
    return this.found(collection, (run) => documents.readDocumentByUri(run, collection, uri));
  }

  async documentRecords(collection: string, ids: readonly string[]) {
    return this.found(collection, (run) => documents.readDocumentRecords(run, collection, ids));
  }

  async passagesOf(collection: string, documentId: string) {
    return this.found(collection, (run) => documents.readPassagesOf(run, collection, documentId));
  }

  async passages(collection: string, ids: readonly string[]) {
    return this.found(collection, (run) => documents.readPassages(run, collection, ids));
  }

  async mentionsOf(collection: string, passageId: string) {
    return this.found(collection, async (run) => (await documents.readMentions(run, collection, [passageId]))[0]!);
  }

  async mentionsOfEach(collection: string, passageIds: readonly string[]) {
    const run = this.run();
    const lists = await documents.readMentions(run, collection, passageIds);
    if (lists.every((list) => list.length === 0)) await readGeneration(run, collection);
    return lists;
  }

  async evidence(collection: string, request: EvidenceRequest) {
    const run = this.run();
    return this.kept.evidence(collection, request, (passages, ids) =>
      documents.readEvidence(run, collection, passages, ids),
    );
  }

  async entity(collection: string, key: string) {
    return this.found(collection, (run) => graph.readEntity(run, collection, key));
  }

  async entitiesOf(collection: string, keys: readonly string[]) {
    return this.beside(collection, (run) => graph.readEntitiesOf(run, collection, keys));
  }

  async entities(collection: string, page: PageRequest & { readonly prefix?: string; readonly type?: EntityType }) {
    return this.beside(collection, (run) => graph.readEntities(run, collection, page));
  }

  async relationsOf(collection: string, keys: readonly string[], limit: number) {
    return this.beside(collection, (run) => graph.readRelationsOf(run, collection, keys, limit));
  }

  async neighbours(collection: string, keys: readonly string[], limit: number) {
    return this.beside(collection, (run) => graph.readNeighbours(run, collection, keys, limit));
  }

  async passagesMentioning(collection: string, groups: readonly (readonly string[])[], limit: number) {
    return this.beside(collection, (run) => graph.readPassagesMentioning(run, collection, groups, limit));
  }

  async failures(collection: string) {
    return this.beside(collection, (run) => documents.readFailures(run, collection));
  }

  async source(collection: string, uri: string) {
    return this.found(collection, (run) => documents.readSource(run, collection, uri));
  }

  async sources(collection: string, page: PageRequest) {
    return this.beside(collection, (run) => documents.readSources(run, collection, page));
  }

  async documentsOfSource(collection: string, uri: string) {
    return this.beside(collection, (run) => documents.readDocumentsOfSource(run, collection, uri));
  }

  async storedSources(collection: string, uris: readonly string[]) {
    return this.beside(collection, (run) => documents.readStoredSources(run, collection, uris));
  }

  async unstaged(collection: string, embedderId: string, limit: number) {
    return this.beside(collection, (run) => documents.readUnstaged(run, collection, embedderId, limit));
  }

  async *export(collection: string): AsyncIterable<string> {
    yield* exportCollection(this.run(), collection);
  }

  async import(lease: WriterLease, collection: string, lines: AsyncIterable<string>) {
    if (!(lease instanceof Neo4jWriter) || !this.writers.has(lease)) throw leaseForeign();
    await importCollection(lease, this.run(), collection, lines);
    return (await this.collection(collection))!;
  }

  async backup(path: string) {
    const collections = await this.collections();
    await backupTo(
      path,
      collections.map(({ name }) => name),
      (name) => this.export(name),
    );
  }

  async check() {
    return checkStore(this.run(), await this.collections());
  }

  async close() {
    if (this.closed) return;
    this.closed = true;
    for (const writer of this.writers) await writer.release();
    await this.parts.connection.close();
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  private run(): Run {
    if (!this.closed) return this.alone;
    throw new StoreError('STORE_CLOSED', `The store ${this.parts.connection.address.uri} was closed`, {
      remedy: 'Open it again.',
    });
  }

  /** For statements that find nothing in an unknown collection: only then is it asked whether there is one. */
  private async found<T>(collection: string, work: (run: Run) => Promise<T>): Promise<T> {
    const run = this.run();
    const result = await work(run);
    if (result === undefined || (Array.isArray(result) && result.length === 0)) await readGeneration(run, collection);
    return result;
  }

  /** For other statements: asks at the same time. */
  private async beside<T>(collection: string, work: (run: Run) => Promise<T>): Promise<T> {
    const run = this.run();
    const [result] = await Promise.all([work(run), readGeneration(run, collection)]);
    return result;
  }
}
