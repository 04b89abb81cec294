import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotFoundError } from '../../src/errors.js';
import { EMBEDDER } from './fixtures.js';
import { all, type OpenStore, withStore } from './opened-store.js';

const LONG = 600_000;
const HUGE_URI = `${'x'.repeat(9_000)}/\u{1f600}.md`;

/** Sources claimed by processes that share a corpus. */
export function claimsContract(open: OpenStore): void {
  const by = (holder: string, limit?: number) => ({ holder, ttlMs: LONG, limit });

  it(
    'grants a source to one holder, in the order asked, up to the limit',
    withStore(open, async (store, _lease, { reopen }) => {
      const other = await reopen();
      try {
        assert.deepEqual(await store.claimSources('c', ['b', 'a', 'd', 'c'], by('one', 2)), ['b', 'a']);
        assert.deepEqual(await other.claimSources('c', ['a', 'b', 'c', 'd'], by('two', 1)), ['c']);
        assert.deepEqual(await other.claimSources('c', ['a', 'b', 'c', 'd'], by('two')), ['c', 'd']);
        assert.deepEqual(await store.claimSources('c', ['a', 'd', 'e', HUGE_URI], by('one')), ['a', 'e', HUGE_URI]);
        assert.deepEqual(await other.claimSources('c', [HUGE_URI, 'e'], by('two')), []);
        assert.deepEqual(await other.claimSources('c', [], by('two')), []);
      } finally {
        await other.close();
      }
    }),
  );

  it(
    'grants each of many to exactly one of several that ask at once',
    withStore(open, async (store, _lease, { reopen }) => {
      const uris = Array.from({ length: 60 }, (_, i) => `s${i}`);
      const stores = [store, await reopen(), await reopen()];
      try {
        const granted: string[] = [];
        const take = async (of: typeof store, holder: string): Promise<void> => {
          for (;;) {
            const some = await of.claimSources(
              'c',
              uris.filter((uri) => !granted.includes(uri)),
              by(holder, 7),
            );
            if (some.length === 0) return;
            granted.push(...some);
          }
        };
        await Promise.all(stores.map((of, i) => take(of, `holder ${i}`)));
        assert.deepEqual([...granted].sort(), [...uris].sort());
      } finally {
        for (const other of stores.slice(1)) await other.close();
      }
    }),
  );

  it(
    'gives back what is released, and only by its holder',
    withStore(open, async (store) => {
      await store.claimSources('c', ['a', 'b', 'c'], by('one'));
      await store.releaseSources('c', 'two', ['a']);
      await store.releaseSources('c', 'two');
      assert.deepEqual(await store.claimSources('c', ['a', 'b', 'c'], by('two')), []);
      await store.releaseSources('c', 'one', ['b', 'unknown']);
      assert.deepEqual(await store.claimSources('c', ['a', 'b', 'c'], by('two')), ['b']);
      await store.releaseSources('c', 'one');
      assert.deepEqual(await store.claimSources('c', ['a', 'b', 'c'], by('two')), ['a', 'b', 'c']);
    }),
  );

  it(
    'takes a source from a holder that gave no sign of life',
    withStore(open, async (store) => {
      await store.claimSources('c', ['a'], { holder: 'dead', ttlMs: 300 });
      await store.claimSources('c', ['b'], by('alive'));
      assert.deepEqual(await store.claimSources('c', ['a', 'b'], by('heir')), []);
      let granted: readonly string[] = [];
      while (granted.length === 0) {
        await sleep(50);
        granted = await store.claimSources('c', ['b', 'a'], by('heir'));
      }
      assert.deepEqual(granted, ['a']);
      assert.deepEqual(await store.claimSources('c', ['a'], by('dead')), []);
    }),
  );

  it(
    'writes nothing that readers see, and works beside a writer',
    withStore(open, async (store, lease) => {
      const before = await all(store.export('c'));
      await store.claimSources('c', ['a'], by('one'));
      assert.deepEqual(await all(store.export('c')), before);
      assert.equal(await store.generation('c'), 0);
      assert.deepEqual(await store.check(), []);
      await lease.createCollection('d', EMBEDDER);
      assert.deepEqual(await store.claimSources('d', ['a'], by('two')), ['a']);
      await store.releaseSources('d', 'one');
      assert.deepEqual(await store.claimSources('d', ['a'], by('one')), []);
    }),
  );

  it(
    'forgets the claims of a deleted collection',
    withStore(open, async (store, lease) => {
      await store.claimSources('c', ['a'], by('one'));
      await lease.deleteCollection('c');
      await assert.rejects(store.claimSources('c', ['a'], by('two')), NotFoundError);
      await assert.rejects(store.releaseSources('c', 'two'), NotFoundError);
      await lease.createCollection('c', EMBEDDER);
      assert.deepEqual(await store.claimSources('c', ['a'], by('two')), ['a']);
    }),
  );
}
