/**
 * Loads an export into a new collection, whole or not at all: batch by batch under a name that no reader knows yet, then
 * made visible in one transaction.
 */
import type { CollectionInfo, EntityView, StoredDocument, WriteBatch } from '../../ports/index.js';
import { brokenLine } from '../transfer/broken-line.js';
import { compareDerived } from '../transfer/compare-derived.js';
import { type ImportStep, readExport } from '../transfer/read-export.js';
import { applyBatch, type Counts, type WrittenCollection } from './apply-batch.js';
import { NO_COUNTS } from './collection-nodes.js';
import type { Neo4jWriter } from './neo4j-writer.js';
import { entitiesInOrder } from './read-graph.js';
import type { Run } from './statement.js';

const PASSAGES = 500;
const CHARACTERS = 8_000_000;

type Load = Parameters<Parameters<Neo4jWriter['importing']>[1]>[0];
type DocumentStep = Extract<ImportStep, { kind: 'document' }>;

/** @param read runs reading statements */
export async function importCollection(
  lease: Neo4jWriter,
  read: Run,
  collection: string,
  lines: AsyncIterable<string>,
): Promise<void> {
  const steps = readExport(collection, lines);
  // A file that is no export is refused as that, whatever the collection's name.
  const first = await steps.next();
  await lease.importing(collection, async (load) => {
    const loading = new Loading(load, collection);
    let derived: Derived | undefined;
    if (first.done !== true && first.value.kind === 'collection') await loading.take(first.value);
    for await (const step of steps) {
      if (step.kind === 'entity' || step.kind === 'end') {
        if (derived === undefined) {
          await loading.flush();
          derived = new Derived(entitiesInOrder(read, collection), loading.counts);
        }
        await derived.compare(step);
      } else await loading.take(step);
    }
    return loading.done();
  });
}

/** Gathers what the export holds into batches. */
class Loading {
  counts: Counts = NO_COUNTS;
  private embedder: CollectionInfo['embedder'] | undefined;
  private documents: StoredDocument[] = [];
  private mentions = new Map<string, DocumentStep['mentions'] extends ReadonlyMap<string, infer M> ? M : never>();
  private rest: {
    failures: NonNullable<WriteBatch['failures']>[number][];
    sources: NonNullable<WriteBatch['sources']>[number][];
  } = {
    failures: [],
    sources: [],
  };
  private passages = 0;
  private characters = 0;
  /** What must not come twice; the store would tell it of a batch, not of a line. */
  private readonly uris = new Set<string>();
  private readonly ids = new Set<string>();

  constructor(
    private readonly load: Load,
    private readonly collection: string,
  ) {}

  async take(step: Exclude<ImportStep, { kind: 'entity' | 'end' }>): Promise<void> {
    switch (step.kind) {
      case 'collection':
        this.embedder = step.embedder;
        return;
      case 'source':
        this.rest.sources.push(step.source);
        break;
      case 'failure':
        this.rest.failures.push(step.failure);
        break;
      case 'document':
        this.add(step);
    }
    const records = this.rest.sources.length + this.rest.failures.length;
    if (this.passages >= PASSAGES || this.characters >= CHARACTERS || records >= 10 * PASSAGES) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.documents.length + this.rest.failures.length + this.rest.sources.length === 0) return;
    const batch: WriteBatch = { put: this.documents, remove: [], mentions: this.mentions, ...this.rest };
    const row = this.row();
    const { counts } = await this.load.write((run) => applyBatch(run, row, batch, this.load.nodes));
    this.counts = counts;
    this.documents = [];
    this.mentions = new Map();
    this.rest = { failures: [], sources: [] };
    this.passages = 0;
    this.characters = 0;
  }

  async done(): Promise<WrittenCollection & { readonly embedder: string }> {
    await this.flush();
    return { ...this.row(), embedder: this.embedder?.id ?? '' };
  }

  private row(): WrittenCollection {
    return {
      name: this.collection,
      dimensions: this.embedder?.dimensions ?? 1,
      generation: 1,
      counts: this.counts,
    };
  }

  private add({ stored, mentions, line }: DocumentStep): void {
    const { document, passages, text } = stored;
    const once = (known: Set<string>, value: string, what: string) => {
      if (known.has(value)) throw brokenLine(line, `${what} ${value} was given before`);
      known.add(value);
    };
    once(this.uris, document.uri, 'the uri');
    for (const { passage, vectors } of passages) {
      once(this.ids, passage.id, 'the passage');
      if (vectors.dimensions !== this.embedder?.dimensions)
        throw brokenLine(line, `vectors of ${vectors.dimensions} dimensions`, 'vectors');
    }
    this.documents.push(stored);
    for (const [passage, list] of mentions) this.mentions.set(passage, list);
    this.passages += passages.length;
    this.characters += text.length;
  }
}

/** What the store derives from what was loaded, in the order of the export. */
class Derived {
  constructor(
    private readonly entities: AsyncGenerator<EntityView>,
    private readonly counts: Counts,
  ) {}

  async compare(step: Extract<ImportStep, { kind: 'entity' | 'end' }>): Promise<void> {
    compareDerived(step, await this.entities.next(), this.counts);
  }
}
