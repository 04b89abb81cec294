/** Reads a collection from its store, whatever store it is, into a child that builds a graph file of it. */
import type { CollectionInfo, GraphStore, LensProgress } from '../../ports/index.js';
import type { ExportHeader } from '../transfer/export-format.js';
import type { LensChild } from './lens-child.js';
import type { CollectionProperties, GraphCounts, ToProcess } from './messages.js';

export interface Feed {
  readonly child: LensChild;
  readonly store: GraphStore;
  readonly collection: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LensProgress) => void) | undefined;
}

export interface Fed {
  readonly generation: number;
  readonly counts: GraphCounts;
}

const BATCH_CHARS = 500_000;
const STAMPS = 20_000;

/** Sends messages one behind the other and goes on reading while the child works on the last. */
export class Sender {
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly child: LensChild,
    private readonly signal: AbortSignal | undefined,
  ) {}

  async send(message: ToProcess): Promise<void> {
    await this.last;
    this.last = this.child.ask(message, this.signal);
    // It is awaited by the next call or by `end`; until then nobody else hears of a failure.
    this.last.catch(() => {});
  }

  async end(): Promise<void> {
    await this.last;
  }
}

/**
 * Feeds the whole collection from an export: one generation, however long it takes.
 * @throws what the store and the child throw
 */
export async function feedWhole(feed: Feed): Promise<Fed> {
  const { child, store, collection, signal, onProgress } = feed;
  const info = await store.collection(collection);
  const total = info?.counts.documents;
  const sender = new Sender(child, signal);
  const stamps = await store.stamps(collection, -1);
  for (let i = 0; i < stamps.length; i += STAMPS)
    await sender.send({ kind: 'stamps', stamps: stamps.slice(i, i + STAMPS) });
  let lines: string[] = [];
  let chars = 0;
  let documents = 0;
  let generation = 0;
  let first = true;
  for await (const line of store.export(collection)) {
    if (first) {
      generation = (JSON.parse(line) as ExportHeader).volatile.generation;
      first = false;
    } else if (line.startsWith('{"kind":"document"')) documents++;
    else if (!line.startsWith('{"kind":"passage"') && !line.startsWith('{"kind":"collection"')) break;
    lines.push(line);
    chars += line.length;
    if (chars < BATCH_CHARS) continue;
    await sender.send({ kind: 'lines', lines });
    onProgress?.({ stage: 'read', done: documents, total });
    lines = [];
    chars = 0;
  }
  await sender.send({ kind: 'lines', lines });
  await sender.end();
  return finish(feed, generation);
}

/** Ends a build of a generation. */
export async function finish({ child, store, collection, signal }: Feed, generation: number): Promise<Fed> {
  const info = await store.collection(collection);
  const built = await child.ask({ kind: 'finish', properties: properties(collection, generation, info) }, signal);
  if (built.kind !== 'built') throw new Error('the child did not finish');
  return { generation, counts: built.counts };
}

function properties(collection: string, generation: number, info: CollectionInfo | undefined): CollectionProperties {
  return {
    collection,
    name: collection,
    generation,
    embedder: info?.embedder.id ?? '',
    dimensions: info?.embedder.dimensions ?? 0,
    failures: info?.counts.failures ?? 0,
  };
}
