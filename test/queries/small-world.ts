/** A small collection in a temporary store, and a context to ask it with. */
import {
  deleteDocuments,
  ingest,
  setDocumentsEnabled,
  type TextSourceOptions,
  textSource,
} from '../../ingest/index.js';
import { loadRanker, type QueryContext } from '../../queries/index.js';
import { openWorkbench } from '../ingest/pipeline/workbench.js';

export const COLLECTION = 'main';

export const WORLD: readonly TextSourceOptions[] = [
  {
    uri: 'w/skerrow-light.md',
    content:
      '# Skerrow Light\n\nSkerrow Light is a lighthouse on Skerrow Rock, off the Halvard Coast. It was designed by the engineer Tobias Renn and first lit on 3 October 1894. Its lens was made in Paris.',
    metadata: { year: 1894 },
    tags: ['building'],
  },
  {
    uri: 'w/tobias-renn.md',
    content:
      '# Tobias Renn\n\nTobias Renn (4 March 1851 – 19 June 1922) was an engineer. He was born in Port Ellery, the son of a rope maker, and studied at the Lindqvist Institute. Renn never married.',
    metadata: { year: 1851 },
    tags: ['person'],
  },
  {
    uri: 'w/cape-orrin-light.md',
    content:
      '# Cape Orrin Light\n\nCape Orrin Light is a lighthouse at Cape Orrin. It was designed by the architect Hanna Velde and first lit on 12 May 1871.',
    metadata: { year: 1871 },
    tags: ['building'],
  },
  {
    uri: 'w/hanna-velde.md',
    content:
      '# Hanna Velde\n\nHanna Velde (7 July 1840 – 2 January 1901) was an architect. She was born in Tolland and built harbours.',
    metadata: { year: 1840 },
    tags: ['person'],
  },
  {
    uri: 'w/port-ellery.md',
    content:
      '# Port Ellery\n\nPort Ellery is a fishing town at the mouth of the River Anse. Its harbour froze in the winter of 1881.',
    tags: ['place'],
  },
  {
    uri: 'w/maria.txt',
    content: 'Мария Соколова родилась в Казани в 1902 году. Она построила мост через реку Анса.',
    title: 'Мария Соколова',
  },
  {
    uri: 'w/lin.txt',
    content: '林书豪出生于台北。他在1932年设计了灯塔。灯塔位于海岸。',
    title: '林书豪',
  },
];

export interface SmallWorld extends AsyncDisposable {
  readonly context: QueryContext;
  /** Puts documents into the collection; one with a known uri replaces it. */
  put(documents: readonly TextSourceOptions[]): Promise<void>;
  remove(uris: readonly string[]): Promise<void>;
  setEnabled(uris: readonly string[], enabled: boolean): Promise<void>;
}

/** Opens the world; remove it by disposal. */
export async function openSmallWorld(documents: readonly TextSourceOptions[] = WORLD): Promise<SmallWorld> {
  const bench = await openWorkbench();
  const put = async (sources: readonly TextSourceOptions[]): Promise<void> => {
    await ingest(bench.context, sources.map(textSource), { collection: COLLECTION });
  };
  await put(documents);
  const { store, index, embedder, limits } = bench.context;
  return {
    context: { store, index, embedder, limits, ranker: await loadRanker(), now: () => performance.now() },
    put,
    remove: async (uris) => {
      await deleteDocuments(bench.context, COLLECTION, uris);
    },
    setEnabled: async (uris, enabled) => {
      await setDocumentsEnabled(bench.context, COLLECTION, uris, enabled);
    },
    [Symbol.asyncDispose]: () => bench[Symbol.asyncDispose](),
  };
}
