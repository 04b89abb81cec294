/** Questions to both stores in turns, the check of a collection's generation, and what another process's write costs a reader. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ask } from '../../queries/ask.js';
import type { QueryContext } from '../../queries/query-context.js';
import { IndexCache } from '../../src/index/index-cache.js';
import type { Changes, GraphStore } from '../../src/ports/index.js';

export interface Quantiles {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export function quantiles(milliseconds: readonly number[]): Quantiles {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** A store with its collection, ready for questions. */
export interface Asked {
  readonly name: string;
  readonly collection: string;
  readonly context: QueryContext;
  readonly source?: 'memory' | 'store' | undefined;
}

/** Asks every question of each, one after the other, once to warm up and then once measured. */
export async function measureAsk(all: readonly Asked[], questions: readonly string[]): Promise<Map<string, Quantiles>> {
  const times = new Map<string, number[]>(all.map(({ name }) => [name, []]));
  for (const measured of [false, true]) {
    for (const question of questions) {
      for (const { name, collection, context, source } of all) {
        const started = performance.now();
        await ask(context, question, { collection, llm: 'off', source });
        if (measured) times.get(name)!.push(performance.now() - started);
      }
    }
  }
  return new Map([...times].map(([name, list]) => [name, quantiles(list)]));
}

const CHECKS = 1_000;

/** What it costs a reader to know that its index is up to date. */
export async function measureCheck(store: GraphStore, cache: IndexCache, collection: string) {
  const generation: number[] = [];
  const current: number[] = [];
  for (let i = 0; i < 2 * CHECKS; i++) {
    const started = performance.now();
    await store.generation(collection);
    const between = performance.now();
    await cache.current(collection);
    if (i < CHECKS) continue;
    generation.push(between - started);
    current.push(performance.now() - between);
  }
  return { generation: quantiles(generation), current: quantiles(current) };
}

export interface DeltaFigures {
  /** Of the first question's index after the other process's write, and the documents that it read of the store. */
  readonly deltaMs: number;
  readonly deltaDocuments: number;
  /** The same from nothing. */
  readonly rebuildMs: number;
  readonly rebuildDocuments: number;
}

/** Counts the documents that an index cache reads of a store. */
class CountedStore implements Pick<GraphStore, 'collection' | 'changes'> {
  documents = 0;

  constructor(private readonly store: GraphStore) {}

  collection(name: string) {
    return this.store.collection(name);
  }

  async changes(collection: string, since: number): Promise<Changes> {
    const changes = await this.store.changes(collection, since);
    return { ...changes, put: this.count(changes.put) };
  }

  private async *count<T>(documents: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const document of documents) {
      this.documents++;
      yield document;
    }
  }
}

/** @param write stores one more document, in another process */
export async function measureDelta(
  store: GraphStore,
  collection: string,
  write: () => Promise<void>,
): Promise<DeltaFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'hopwise-bench-'));
  try {
    const counted = new CountedStore(store);
    using cache = new IndexCache(counted, folder);
    const timed = async (of: IndexCache): Promise<number> => {
      const started = performance.now();
      await of.current(collection);
      return performance.now() - started;
    };
    await timed(cache);
    counted.documents = 0;
    await write();
    const deltaMs = await timed(cache);
    const deltaDocuments = counted.documents;
    counted.documents = 0;
    using another = new IndexCache(counted, join(folder, 'none'));
    const rebuildMs = await timed(another);
    return { deltaMs, deltaDocuments, rebuildMs, rebuildDocuments: counted.documents };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `hopwise` as a process of its own. */
export async function hopwise(cli: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  await promisify(execFile)(process.execPath, [cli, ...args], { env, maxBuffer: 2 ** 28 });
}

/** Writes documents as files of a new temporary folder. */
export async function textFiles(documents: readonly { readonly title: string; readonly text: string }[]) {
  const folder = await mkdtemp(join(tmpdir(), 'hopwise-bench-'));
  for (const [i, { title, text }] of documents.entries()) {
    await writeFile(join(folder, `${String(i).padStart(6, '0')}.md`), `# ${title}\n\n${text}\n`);
  }
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
