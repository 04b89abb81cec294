import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentId } from '../../graph-schema/index.js';
import { NotFoundError, StoreError } from '../../src/errors.js';
import { buildIndex } from '../../src/index/build-index.js';
import { IndexCache } from '../../src/index/index-cache.js';
import { encodeIndex } from '../../src/index/index-file.js';
import type { IndexDocument } from '../../src/index/index-source.js';
import type { Changes, CollectionInfo } from '../../src/ports/index.js';
import { DIMENSIONS, type Draft, makeDocument } from './sample-documents.js';

/** The part of a store that the cache reads, with a log of changes and a count of what was asked. */
class LoggedStore {
  private readonly documents = new Map<string, { document: IndexDocument; changed: number }>();
  private readonly removals: { id: string; generation: number }[] = [];
  generation = 0;
  /** Oldest generation that `changes` reaches back to. */
  logStart = 0;
  embedder = { id: 'test', dimensions: DIMENSIONS };
  exists = true;
  asked: number[] = [];

  put(...drafts: Draft[]): void {
    this.generation++;
    for (const draft of drafts) {
      const document = makeDocument(draft);
      this.documents.set(document.document.id, { document, changed: this.generation });
    }
  }

  remove(uri: string): void {
    this.generation++;
    const id = documentId('test', uri);
    this.documents.delete(id);
    this.removals.push({ id, generation: this.generation });
  }

  async collection(name: string): Promise<CollectionInfo | undefined> {
    await Promise.resolve();
    if (!this.exists || name !== 'test') return undefined;
    const all = [...this.documents.values()];
    const passages = all.reduce((sum, { document }) => sum + document.passages.length, 0);
    const counts = { documents: all.length, passages, entities: 0, relations: 0, mentions: 0, failures: 0 };
    return { name, embedder: this.embedder, generation: this.generation, counts };
  }

  async changes(_collection: string, since: number): Promise<Changes> {
    await Promise.resolve();
    this.asked.push(since);
    const complete = since === 0 || since < this.logStart || since > this.generation;
    const put = [...this.documents.values()]
      .filter(({ changed }) => complete || changed > since)
      .map(({ document }) => document);
    const removed = complete ? [] : this.removals.filter(({ generation }) => generation > since).map(({ id }) => id);
    return {
      generation: this.generation,
      complete,
      removed,
      put: (async function* () {
        yield* put;
      })(),
    };
  }

  /** Bytes of the index that a fresh build would give. */
  expected(): Buffer {
    const identity = { collection: 'test', generation: this.generation, embedder: this.embedder };
    const documents = [...this.documents.values()].map(({ document }) => document);
    return Buffer.concat([...encodeIndex(buildIndex(identity, documents))]);
  }
}

const bytesOf = (index: Parameters<typeof encodeIndex>[0]): Buffer => Buffer.concat([...encodeIndex(index)]);

const YORK: Draft = { uri: 'a', title: 'New York', texts: ['New York is a city.'] };
const BEATLES: Draft = { uri: 'b', title: 'The Beatles', texts: ['The Beatles flew to New York in 1964.'] };

describe('IndexCache', () => {
  let folder: string;
  let store: LoggedStore;
  let cache: IndexCache;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hopwise-cache-'));
    store = new LoggedStore();
    cache = new IndexCache(store, folder);
    store.put(YORK);
  });
  afterEach(async () => {
    cache[Symbol.dispose]();
    await rm(folder, { recursive: true });
  });

  it('builds once, then reads only what changed', async () => {
    const first = await cache.current('test');
    assert.equal(await cache.current('test'), first);
    store.put(BEATLES);
    store.remove('a');
    assert.deepEqual(bytesOf(await cache.current('test')), store.expected());
    assert.deepEqual(store.asked, [0, 1]);
  });

  it('never shows a document after its removal, and knows no collection that is gone', async () => {
    await cache.current('test');
    store.remove('a');
    assert.equal((await cache.current('test')).documentCount, 0);
    store.exists = false;
    await assert.rejects(cache.current('test'), NotFoundError);
  });

  it('writes its file only when told to, and begins from it in another process', async () => {
    await cache.current('test');
    await assert.rejects(readFile(cache.path('test')), { code: 'ENOENT' });
    await cache.current('test', { persist: true });
    store.put(BEATLES);
    store.asked = [];
    using other = new IndexCache(store, folder);
    assert.deepEqual(bytesOf(await other.current('test')), store.expected());
    assert.deepEqual(store.asked, [1]);
  });

  it('takes the newer file of a writer instead of folding', async () => {
    await cache.current('test');
    store.put(BEATLES);
    using writer = new IndexCache(store, folder);
    await writer.current('test', { persist: true });
    store.asked = [];
    assert.deepEqual(bytesOf(await cache.current('test')), store.expected());
    assert.deepEqual(store.asked, []);
  });

  it('raises the generation when a write changed no document, and can still be persisted', async () => {
    await cache.current('test', { persist: true });
    using reader = new IndexCache(store, folder);
    const before = await reader.current('test');
    store.put();
    const after = await reader.current('test', { persist: true });
    assert.equal(after.sections, before.sections);
    assert.equal(after.generation, 2);
    using late = new IndexCache(store, folder);
    assert.deepEqual(bytesOf(await late.current('test')), store.expected());
  });

  it('builds anew when the log does not reach back, the file is damaged, or the store was put back', async () => {
    await cache.current('test', { persist: true });
    store.put(BEATLES);
    store.logStart = store.generation;
    using late = new IndexCache(store, folder);
    assert.deepEqual(bytesOf(await late.current('test', { persist: true })), store.expected());

    const bytes = await readFile(cache.path('test'));
    bytes[bytes.length - 200]! ^= 1;
    bytes[300]! ^= 1;
    await writeFile(cache.path('test'), bytes);
    using repaired = new IndexCache(store, folder);
    assert.deepEqual(bytesOf(await repaired.current('test', { persist: true })), store.expected());

    const restored = new LoggedStore();
    restored.put(YORK);
    using back = new IndexCache(restored, folder);
    assert.deepEqual(bytesOf(await back.current('test')), restored.expected());
  });

  it('survives damage in what only updates read', async () => {
    await cache.current('test', { persist: true });
    const bytes = await readFile(cache.path('test'));
    const text = bytes.lastIndexOf('New York is a city.');
    bytes[text]! ^= 1;
    await writeFile(cache.path('test'), bytes);
    using other = new IndexCache(store, folder);
    assert.equal((await other.current('test')).documentCount, 1);
    store.put(BEATLES);
    assert.deepEqual(bytesOf(await other.current('test')), store.expected());
  });

  it('shares the work of calls made at once, and gives none of them an older state than it asked for', async () => {
    const early = [cache.current('test'), cache.current('test')];
    await Promise.resolve();
    store.put(BEATLES);
    const late = await cache.current('test');
    assert.equal(late.documentCount, 2);
    const [a, b] = await Promise.all(early);
    assert.ok(a!.generation >= 1 && b!.generation >= 1);
    assert.ok(store.asked.length <= 2, `asked ${store.asked.length} times`);
  });

  it('takes the vectors of another embedder', async () => {
    await cache.current('test');
    store.embedder = { id: 'other', dimensions: DIMENSIONS };
    store.put(YORK);
    assert.equal((await cache.current('test')).embedder.id, 'other');
  });

  it('says that the index cannot be written, and still answers', async () => {
    using elsewhere = new IndexCache(store, join(folder, 'missing'));
    await assert.rejects(elsewhere.current('test', { persist: true }), StoreError);
    assert.equal((await elsewhere.current('test')).documentCount, 1);
  });
});
