import assert from 'node:assert/strict';
import type { DocumentRecord } from '../../../graph-schema/index.js';
import type { CollectionInfo } from '../../../src/ports/index.js';
import { EvidenceCache } from '../../../src/stores/neo4j/evidence-cache.js';
import { EMBEDDER } from '../../contract/fixtures.js';

const counts = { documents: 0, passages: 0, entities: 0, relations: 0, mentions: 0, failures: 0 };
const at = (generation: number): CollectionInfo => ({ name: 'c', embedder: EMBEDDER, generation, counts });

/** A store that counts what is read of it; each document's title tells when it was read. */
class Source {
  reads: string[] = [];
  state = 'old';

  constructor(readonly cache: EvidenceCache) {}

  async titles(collection: string, generation: number, ids: readonly string[]): Promise<string[]> {
    const request = { passages: [], documents: ids, generation };
    const { documents } = await this.cache.evidence(collection, request, async (_, wanted) => {
      this.reads.push(...wanted);
      const known = wanted.filter((id) => id !== 'none');
      return { passages: [], documents: known.map((id) => ({ id, title: `${id} ${this.state}` }) as DocumentRecord) };
    });
    return documents.map(({ title }) => title);
  }
}

describe('evidence kept of a store', () => {
  it('is given in the order asked, unknown ids left out, and read once', async () => {
    const source = new Source(new EvidenceCache(10));
    source.cache.checked('c', at(1), true);
    assert.deepEqual(await source.titles('c', 1, ['b', 'none', 'a', 'b']), ['b old', 'a old', 'b old']);
    assert.deepEqual(await source.titles('c', 1, ['a', 'x', 'b']), ['a old', 'x old', 'b old']);
    assert.deepEqual(source.reads, ['b', 'none', 'a', 'x']);
  });

  it('is of one generation, and of no other collection', async () => {
    const source = new Source(new EvidenceCache(10));
    source.cache.checked('c', at(1), true);
    await source.titles('c', 1, ['a']);
    source.state = 'new';
    source.cache.checked('d', at(1), true);
    assert.deepEqual(await source.titles('d', 1, ['a']), ['a new']);
    assert.deepEqual(await source.titles('c', 2, ['a']), ['a new'], 'an index that is ahead of the last check');
    assert.deepEqual(await source.titles('c', 1, ['a']), ['a old']);
    source.cache.checked('c', at(2), true);
    assert.deepEqual(await source.titles('c', 1, ['a']), ['a new'], 'an index that is behind');
    assert.deepEqual(await source.titles('c', 2, ['a']), ['a new']);
    source.cache.checked('c', undefined, false);
    source.reads = [];
    await source.titles('c', 2, ['a']);
    assert.deepEqual(source.reads, ['a']);
  });

  it('is not kept while a commit becomes visible', async () => {
    const source = new Source(new EvidenceCache(10));
    source.cache.checked('c', at(2), false);
    assert.deepEqual(await source.titles('c', 2, ['a']), ['a old']);
    source.state = 'new';
    assert.deepEqual(await source.titles('c', 2, ['a']), ['a new']);
    source.cache.checked('c', at(2), true);
    await source.titles('c', 2, ['a']);
    source.cache.checked('c', at(2), false);
    source.reads = [];
    assert.deepEqual(await source.titles('c', 2, ['a']), ['a new']);
    assert.deepEqual(source.reads, [], 'what was read when all of it was visible holds');
  });

  it('is not kept by a read that began before the collection changed', async () => {
    const cache = new EvidenceCache(10);
    cache.checked('c', at(1), true);
    const request = { passages: [], documents: ['a'], generation: 1 };
    await cache.evidence('c', request, async () => {
      cache.checked('c', at(2), true);
      return { passages: [], documents: [{ id: 'a', title: 'of the first' } as DocumentRecord] };
    });
    const source = new Source(cache);
    assert.deepEqual(await source.titles('c', 2, ['a']), ['a old']);
  });

  it('is bounded over all collections; what was used last stays', async () => {
    const source = new Source(new EvidenceCache(3));
    source.cache.checked('c', at(1), true);
    source.cache.checked('d', at(1), true);
    await source.titles('c', 1, ['a', 'b']);
    await source.titles('d', 1, ['x']);
    await source.titles('c', 1, ['a']);
    await source.titles('c', 1, ['e']);
    source.reads = [];
    await source.titles('c', 1, ['a', 'b', 'e']);
    assert.deepEqual(source.reads, [], 'the collection used last keeps its own');
    await source.titles('d', 1, ['x']);
    assert.deepEqual(source.reads, ['x']);
    source.reads = [];
    await source.titles('c', 1, ['e', 'b']);
    assert.deepEqual(source.reads, [], 'the oldest of what is kept went');
    await source.titles('c', 1, ['a']);
    assert.deepEqual(source.reads, ['a']);
    const none = new Source(new EvidenceCache(0));
    none.cache.checked('c', at(1), true);
    await none.titles('c', 1, ['a']);
    await none.titles('c', 1, ['a']);
    assert.deepEqual(none.reads, ['a', 'a']);
  });
});
