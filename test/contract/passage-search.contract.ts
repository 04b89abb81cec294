/** What every adapter of PassageSearch gives: the ranking of the index in memory, and nothing that is not to be seen. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  deleteDocuments,
  ingest,
  setDocumentsEnabled,
  type TextSourceOptions,
  textSource,
} from '../../ingest/index.js';
import { ask, type Filter, loadRanker, type QueryContext, search } from '../../queries/index.js';
import { NEIGHBOURHOOD, type NeighbourhoodLimits } from '../../queries/store-search/neighbourhood-reader.js';
import { retrieveFromStore } from '../../queries/store-search/retrieve-from-store.js';
import { NotFoundError } from '../../src/errors.js';
import { IndexCache } from '../../src/index/index-cache.js';
import type { GraphStore, PassageSearch } from '../../src/ports/index.js';
import { termHash } from '../../src/search/term-hash.js';
import { openWorkbench, type Workbench } from '../ingest/pipeline/workbench.js';
import { WORLD } from '../queries/small-world.js';

export interface SearchableStore {
  readonly store: GraphStore;
  /** Another search over the same store, as another process would have it; closed with the store. */
  readonly search: () => PassageSearch;
  readonly dispose: () => Promise<void>;
}

const MAIN = 'main';
const OTHER = 'other';
const QUESTIONS = [
  'Who designed the lighthouse on Skerrow Rock?',
  'Where was the engineer who designed Skerrow Light born?',
  'What froze at the mouth of the River Anse?',
  'Где родилась Мария Соколова?',
  '林书豪出生于哪里?',
  'What is the airspeed of a swallow?',
  'AND OR NOT foo:bar * "quoted\\',
];
/** Never reads a collection whole. */
const NARROW: NeighbourhoodLimits = { ...NEIGHBOURHOOD, whole: 0, byText: 30, byVector: 20 };

/** Documents about lights, keepers and towns that name one another. */
function manyDocuments(count: number): TextSourceOptions[] {
  const towns = ['Abel', 'Brea', 'Corvo', 'Dunmore', 'Esk', 'Farrow', 'Gallan'];
  return Array.from({ length: count }, (_, i) => {
    const town = `${towns[i % towns.length]} Harbour`;
    const keeper = `Keeper ${towns[(i * 3) % towns.length]} Number${i}`;
    return {
      uri: `m/${i}.md`,
      content: `# Beacon ${towns[(i * 5) % towns.length]} ${i}\n\nThe beacon stands near ${town}. It was kept by ${keeper} in ${1800 + i}, who came from Skerrow Rock. Beacon ${towns[(i + 1) % towns.length]} ${(i * 7) % count} is nearby.`,
    };
  });
}

class World implements AsyncDisposable {
  private constructor(
    private readonly opened: SearchableStore,
    private readonly bench: Workbench,
    readonly search: PassageSearch,
    readonly context: QueryContext,
  ) {}

  static async open(open: () => Promise<SearchableStore>): Promise<World> {
    const opened = await open();
    const bench = await openWorkbench();
    const index = new IndexCache(opened.store, bench.folder);
    const { embedder, limits } = bench.context;
    const searching = opened.search();
    return new World(opened, { ...bench, context: { ...bench.context, store: opened.store, index } }, searching, {
      store: opened.store,
      index,
      search: searching,
      embedder,
      limits,
      ranker: await loadRanker(),
      now: () => 0,
    });
  }

  put(documents: readonly TextSourceOptions[], collection = MAIN): Promise<unknown> {
    return ingest(this.bench.context, documents.map(textSource), { collection });
  }

  remove(uris: readonly string[], collection = MAIN): Promise<unknown> {
    return deleteDocuments(this.bench.context, collection, uris);
  }

  enable(uris: readonly string[], enabled: boolean): Promise<unknown> {
    return setDocumentsEnabled(this.bench.context, MAIN, uris, enabled);
  }

  another(): PassageSearch {
    return this.opened.search();
  }

  async ranked(question: string, source: 'memory' | 'store', filter?: Filter): Promise<[id: string, score: number][]> {
    const { hits } = await search(this.context, question, { collection: MAIN, k: 50, source, filter });
    return hits.map(({ id, score }) => [id, score]);
  }

  async narrowly(question: string): Promise<readonly string[]> {
    const { embedder, ranker } = this.context;
    const source = { search: this.search, embedder, ranker, now: () => 0, neighbourhood: NARROW };
    const { retrieval } = await retrieveFromStore(source, { collection: MAIN, question, k: 10 });
    return retrieval.hits.map(({ passageId }) => passageId);
  }

  /** Both sources rank alike, to the last bit. */
  async agree(questions: readonly string[] = QUESTIONS, filter?: Filter): Promise<void> {
    for (const question of questions) {
      const memory = await this.ranked(question, 'memory', filter);
      assert.deepEqual(await this.ranked(question, 'store', filter), memory, question);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.opened.dispose();
    await this.bench[Symbol.asyncDispose]();
  }
}

export function passageSearchContract(name: string, open: () => Promise<SearchableStore>, runs = 12): void {
  describe(`${name}: search inside the store`, () => {
    it('ranks a small collection as the index in memory does, bit for bit, in every script', async () => {
      await using world = await World.open(open);
      await world.put(WORLD);
      await world.agree();
      assert.equal((await world.ranked(QUESTIONS[1]!, 'store')).length, WORLD.length);
    });

    it('answers with the same sentences, citations and path', async () => {
      await using world = await World.open(open);
      await world.put(WORLD);
      for (const question of QUESTIONS.slice(0, 4)) {
        const { timings: _a, ...memory } = await ask(world.context, question, { collection: MAIN, source: 'memory' });
        const { timings: _b, ...stored } = await ask(world.context, question, { collection: MAIN, source: 'store' });
        assert.deepEqual(stored, memory, question);
        for (const { documentId, start, end, quote } of stored.citations) {
          const document = await world.context.store.document(MAIN, documentId);
          assert.equal(document?.text.slice(start, end), quote);
        }
      }
    });

    it('finds the best passages where it reads a neighbourhood only', async () => {
      await using world = await World.open(open);
      await world.put([...WORLD, ...manyDocuments(150)]);
      const certain = [...QUESTIONS.slice(0, 3), 'Who kept Beacon Farrow 99?'];
      for (const question of [...certain, ...QUESTIONS.slice(3, 5)]) {
        const memory = (await world.ranked(question, 'memory')).map(([id]) => id);
        const stored = await world.narrowly(question);
        assert.equal(stored[0], memory[0], question);
        // Behind the one passage in its script nothing fits the question, and all orders are as good.
        if (!certain.includes(question)) continue;
        const shared = memory.slice(0, 5).filter((id) => stored.includes(id));
        assert.ok(shared.length >= 4, `${question}: ${shared.length} of the first five`);
      }
    });

    it('never shows what was deleted, replaced or disabled', async () => {
      await using world = await World.open(open);
      await world.put(WORLD);
      const found = async (question: string): Promise<string> => {
        const { hits } = await search(world.context, question, { collection: MAIN, source: 'store' });
        return hits.map(({ uri, text }) => `${uri} ${text}`).join('\n');
      };
      assert.match(await found('Tobias Renn'), /w\/tobias-renn\.md/);
      await world.remove(['w/tobias-renn.md']);
      assert.doesNotMatch(await found('Tobias Renn'), /w\/tobias-renn\.md/);
      await world.agree();
      await world.put([
        { uri: 'w/port-ellery.md', content: '# Port Ellery\n\nPort Ellery is a spaceport of the Martians.' },
      ]);
      assert.match(await found('spaceport of the Martians'), /spaceport/);
      assert.doesNotMatch(await found('fishing town'), /fishing town/);
      await world.agree();
      await world.enable(['w/skerrow-light.md'], false);
      assert.doesNotMatch(await found('Skerrow Light'), /w\/skerrow-light\.md/);
      await world.agree();
      assert.equal((await world.narrowly('Skerrow Light')).length, WORLD.length - 2);
      await world.enable(['w/skerrow-light.md'], true);
      assert.match(await found('Skerrow Light'), /w\/skerrow-light\.md/);
      await world.agree();
    });

    it('is bounded by filters as the index is', async () => {
      await using world = await World.open(open);
      await world.put(WORLD);
      await world.agree(QUESTIONS, { tags: ['person'] });
      await world.agree(QUESTIONS, { metadata: { year: { gte: 1850, lte: 1890 } } });
      await world.agree(QUESTIONS, { documents: ['w/port-ellery.md', 'w/maria.txt'] });
      await world.agree(QUESTIONS, { tags: ['nothing has this'] });
      const { hits } = await search(world.context, 'lighthouse', {
        collection: MAIN,
        source: 'store',
        filter: { tags: ['building'] },
      });
      assert.deepEqual(hits.map(({ uri }) => uri).sort(), ['w/cape-orrin-light.md', 'w/skerrow-light.md']);
      await assert.rejects(
        search(world.context, 'x', { collection: MAIN, source: 'store', filter: { documents: ['gone'] } }),
        NotFoundError,
      );
    });

    it('knows nothing of other collections, by whatever is asked', async () => {
      await using world = await World.open(open);
      await world.put(WORLD);
      await world.put(
        [{ uri: 'o/zorn.md', content: '# Zorn Vaxley\n\nZorn Vaxley invented the quibbleflange in Drumheller.' }],
        OTHER,
      );
      await using other = await world.search.view(OTHER);
      await using view = await world.search.view(MAIN);
      const stems = ['zorn', 'quibbleflang', 'quibbleflange'].map((stem) => ({ stem, df: 1 }));
      assert.deepEqual(await view.frequencies(stems.map(({ stem }) => termHash(stem))), [0, 0, 0]);
      assert.deepEqual(await view.matching(stems, 10), []);
      assert.deepEqual(await view.names(['zorn vaxley']), [{ entity: -1, df: 0, claims: [] }]);
      const [named] = await other.names(['zorn vaxley']);
      assert.equal(named!.df, 1);
      const theirs = (await other.all(10))!;
      const [passage] = await other.load(theirs);
      assert.match(passage!.document, /./);
      assert.equal((await view.ofDocuments([passage!.document], 10, stems)).size, 0);
      assert.equal((await view.inLinks([passage!.document])).get(passage!.document), undefined);
      const own = new Set(((await view.all(100)) ?? []).map(String));
      const loaded = await view.load((await view.all(100))!);
      assert.equal(loaded.length, WORLD.length);
      assert.ok(loaded.every(({ document }) => document !== passage!.document));
      const vector = new Float32Array(view.statistics.embedder.dimensions).fill(0.1);
      for (const number of await view.nearest(vector, 50)) assert.ok(own.has(String(number)));
      await assert.rejects(world.search.view('no such collection'), NotFoundError);
    });

    it('keeps its statistics true through any history', async () => {
      const pool = [...WORLD, ...manyDocuments(8)];
      const step = fc.record({ put: fc.subarray(pool), remove: fc.subarray(pool), off: fc.subarray(pool) });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
          await using world = await World.open(open);
          await world.put(WORLD.slice(0, 1));
          const there = new Set([WORLD[0]!.uri]);
          for (const { put, remove, off } of steps) {
            await world.put(put);
            for (const { uri } of put) there.add(uri);
            const gone = remove.map(({ uri }) => uri).filter((uri) => there.delete(uri));
            if (gone.length > 0) await world.remove(gone);
            const hidden = off.map(({ uri }) => uri).filter((uri) => there.has(uri));
            if (hidden.length > 0) await world.enable(hidden, false);
            const index = await world.context.index.current(MAIN);
            await using view = await world.search.view(MAIN);
            const { documents, passages, meanLength, languages, linkedShare } = view.statistics;
            assert.deepEqual(
              {
                documents,
                passages,
                meanLength,
                linkedShare,
                languages: languages.map(({ code, passages: n }) => [code, n]),
              },
              {
                documents: index.documentCount,
                passages: index.passageCount,
                meanLength: index.meanLength,
                linkedShare: index.linkedShare,
                languages: index.languages.map(({ code, passages: n }) => [code, n]),
              },
            );
            for (const stem of ['lighthous', 'beacon', 'skerrow', 'engin']) {
              const term = index.term(stem);
              assert.deepEqual(await view.frequencies([termHash(stem)]), [term < 0 ? 0 : index.df(term)], stem);
            }
            await world.agree(QUESTIONS.slice(0, 2));
          }
        }),
        { numRuns: runs },
      );
    });

    it('is brought up to date once, however many ask, and tells how far it is', async () => {
      await using world = await World.open(open);
      await world.put([...WORLD, ...manyDocuments(20)]);
      const told: number[] = [];
      const onProgress = ({ documents }: { documents: number }): void => void told.push(documents);
      const searches = [world.search, world.another(), world.another()];
      const views = await Promise.all(searches.map((one) => one.view(MAIN, { onProgress })));
      for (const view of views) {
        assert.equal(view.statistics.documents, WORLD.length + 20);
        assert.deepEqual(await view.frequencies([termHash('beacon')]), [20]);
        assert.equal(await view.settled(), true);
        await view[Symbol.asyncDispose]();
      }
      assert.deepEqual(told, [WORLD.length + 20]);
    });

    it('stops when told to, and forgets a collection', async () => {
      await using world = await World.open(open);
      await world.put(WORLD);
      await assert.rejects(world.search.view(MAIN, { signal: AbortSignal.abort(new Error('enough')) }), /enough/);
      await (await world.search.view(MAIN))[Symbol.asyncDispose]();
      {
        await using lease = await world.context.store.acquireWriter({ waitMs: 1_000 });
        await lease.deleteCollection(MAIN);
      }
      await world.search.forget(MAIN);
      await assert.rejects(world.search.view(MAIN), NotFoundError);
      await world.put(WORLD.slice(0, 3));
      await world.agree(QUESTIONS.slice(0, 3));
    });
  });
}
