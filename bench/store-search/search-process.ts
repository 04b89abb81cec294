/** One measurement of `bench:search`, in a process of its own so that its memory is its own. */
import { statSync } from 'node:fs';
import { firstAppearances, rankingMetrics, sample } from '../../queries/evaluate/index.js';
import { loadRanker } from '../../queries/retrieve/ranker.js';
import { retrieve } from '../../queries/retrieve/retrieve.js';
import { retrieveFromStore } from '../../queries/store-search/retrieve-from-store.js';
import { IndexCache } from '../../src/index/index-cache.js';
import { loadStaticEmbedder } from '../../src/models/static-embedder.js';
import { openSqliteStore } from '../../src/stores/sqlite/index.js';
import { SqlitePassageSearch } from '../../src/stores/sqlite/search/sqlite-passage-search.js';
import { type BenchSet, loadBenchSet } from '../retrieval/bench-set.js';
import { ingestSet } from '../retrieval/ingest-set.js';
import { growCorpus } from '../speed/generate-documents.js';

export type SearchMeasurement = 'ingest' | 'prepare' | 'memory' | 'store';

export interface SearchRequest {
  readonly what: SearchMeasurement;
  /** Where the store lies from the first measurement to the last. */
  readonly folder: string;
  readonly sets: readonly string[];
  /** Documents; generated ones fill up. */
  readonly documents: number;
}

export interface SearchReply {
  readonly what: SearchMeasurement;
  readonly passages: number;
  /** Milliseconds until the first question may be asked. */
  readonly readyMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Of processor time a question, on all threads: what other work on the machine does not stretch as it does the rest. */
  readonly cpuMs: number;
  readonly 'recall@5': number;
  readonly peakRssMb: number;
  /** Size of what the source reads besides the store. */
  readonly fileMb: number;
}

const COLLECTION = 'bench';
const QUESTIONS = 200;
const WARM_UP = 20;

async function pooled({ sets, documents: count }: SearchRequest): Promise<BenchSet> {
  const all = await Promise.all(sets.map((folder) => loadBenchSet(folder)));
  const documents = all.flatMap((set, i) =>
    set.documents.map((document) => ({ ...document, id: `${i}-${document.id}` })),
  );
  const questions = all.flatMap((set, i) =>
    set.questions.map((question) => ({
      ...question,
      judgements: new Map([...question.judgements].map(([id, grade]) => [`${i}-${id}`, grade])),
    })),
  );
  return {
    name: 'search',
    folder: '',
    documents: growCorpus(documents, count),
    questions: sample(questions, QUESTIONS, 0),
    unanswerable: [],
  };
}

async function measure(request: SearchRequest): Promise<SearchReply> {
  const { what, folder } = request;
  const embedder = await loadStaticEmbedder();
  const reply = (rest: Partial<SearchReply> & Pick<SearchReply, 'passages' | 'readyMs'>): SearchReply => ({
    what,
    p50Ms: 0,
    p95Ms: 0,
    cpuMs: 0,
    'recall@5': 0,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    fileMb: 0,
    ...rest,
  });
  const started = performance.now();
  if (what === 'ingest') {
    await using ingested = await ingestSet(await pooled(request), embedder, { kept: folder });
    return reply({ passages: ingested.index.passageCount, readyMs: performance.now() - started });
  }
  await using store = await openSqliteStore({ folder });
  await using search = new SqlitePassageSearch(folder);
  const cache = new IndexCache(store, folder);
  const megabytes = (path: string): number => statSync(path).size / 2 ** 20;
  if (what === 'prepare') {
    await using view = await search.view(COLLECTION);
    const readyMs = performance.now() - started;
    return reply({ passages: view.statistics.passages, readyMs, fileMb: megabytes(search.path(COLLECTION)) });
  }
  const ranker = await loadRanker();
  const now = (): number => performance.now();
  const ask =
    what === 'memory'
      ? async (question: string) =>
          retrieve({ index: await cache.current(COLLECTION), embedder, ranker, now }, question, { k: 100 })
      : async (question: string) =>
          (await retrieveFromStore({ search, embedder, ranker, now }, { collection: COLLECTION, question, k: 100 }))
            .retrieval;
  // Which corpus line a document is, by the last part of its uri.
  const lineOf = async (ids: readonly string[]): Promise<string[]> =>
    (await store.documentRecords(COLLECTION, [...new Set(ids)])).map(({ uri }) => uri.slice(uri.indexOf('#') + 1));
  const passages = (await store.collection(COLLECTION))!.counts.passages;
  await ask('What is ready?');
  const readyMs = performance.now() - started;
  const peakBefore = process.resourceUsage().maxRSS;
  const questions = (await pooledQuestions(request)).questions;
  const times: number[] = [];
  let cpu = 0;
  let recall = 0;
  for (const [i, { question, judgements }] of [...questions.slice(0, WARM_UP), ...questions].entries()) {
    const at = now();
    const used = process.cpuUsage();
    const { hits } = await ask(question);
    if (i < WARM_UP) continue;
    times.push(now() - at);
    const { user, system } = process.cpuUsage(used);
    cpu += user + system;
    const documents = firstAppearances(hits.map(({ documentId }) => documentId));
    recall += rankingMetrics(await lineOf(documents.slice(0, 10)), judgements)['recall@5'];
  }
  times.sort((a, b) => a - b);
  const at = (q: number): number => times[Math.min(times.length - 1, Math.floor(q * times.length))] ?? 0;
  return reply({
    passages,
    readyMs,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    cpuMs: cpu / 1e3 / questions.length,
    'recall@5': (100 * recall) / questions.length,
    peakRssMb: Math.max(peakBefore, process.resourceUsage().maxRSS) / 1024,
    fileMb: megabytes(what === 'memory' ? cache.path(COLLECTION) : search.path(COLLECTION)),
  });
}

/** The questions alone: the corpus would count as memory of the source. */
async function pooledQuestions(request: SearchRequest): Promise<BenchSet> {
  return pooled({ ...request, documents: 0 });
}

process.once('message', (request: SearchRequest) => {
  measure(request)
    .then((reply) => process.send?.(reply, () => process.disconnect()))
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
});
