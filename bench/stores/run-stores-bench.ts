/** `npm run bench:stores -- DIR...`: the Neo4j store beside a plain loader and beside the embedded store, in one run. */
import { join } from 'node:path';
import Table from 'cli-table3';
import { sample } from '../../queries/evaluate/index.js';
import { loadRanker } from '../../queries/retrieve/ranker.js';
import { packageRoot } from '../../src/assets.js';
import { UsageError } from '../../src/errors.js';
import { IndexCache } from '../../src/index/index-cache.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { loadStaticEmbedder } from '../../src/models/index.js';
import type { Embedder } from '../../src/ports/index.js';
import { openNeo4jStore } from '../../src/stores/neo4j/index.js';
import type { Neo4jStore } from '../../src/stores/neo4j/neo4j-store.js';
import { Neo4jPassageSearch } from '../../src/stores/neo4j/search/neo4j-passage-search.js';
import { SqlitePassageSearch } from '../../src/stores/sqlite/search/sqlite-passage-search.js';
import { type BenchDocument, loadBenchSet } from '../retrieval/bench-set.js';
import { ingestSet } from '../retrieval/ingest-set.js';
import { growCorpus } from '../speed/generate-documents.js';
import { type BenchServer, benchServer } from './bench-server.js';
import { compareSharing } from './compare-sharing.js';
import { denseDocuments } from './dense-documents.js';
import { type Asked, hopwise, measureAsk, measureCheck, measureDelta, textFiles } from './measure-ask.js';
import { type LoadFigures, measureLoad } from './measure-load.js';
import { type SharedIngest, shareIngest } from './share-ingest.js';
import { storedBatches } from './stored-batches.js';

export interface StoresBenchOptions {
  /** Benchmark folders whose corpora are pooled; generated documents fill up. */
  readonly folders: readonly string[];
  /** Documents loaded; default 2,400, a graph of some 67,000 nodes. */
  readonly documents?: number | undefined;
  /** Documents of the dense graph; default 570, some 70,000 nodes and 400,000 relationships. 0: none. */
  readonly dense?: number | undefined;
  /** Questions asked of each store; default 100. */
  readonly questions?: number | undefined;
  /** Files that one and two processes ingest; default 1,200. */
  readonly files?: number | undefined;
  readonly json?: boolean | undefined;
  readonly print: (line: string) => void;
}

export interface StoresFigure {
  readonly measured: string;
  readonly neo4j: number;
  /** What it is measured beside. */
  readonly beside: string;
  readonly other: number;
  readonly unit: string;
  /** Greatest `neo4j / other` wanted, or greatest `neo4j` where nothing is beside it. */
  readonly target?: number | undefined;
}

const DOCUMENTS = 2_400;
const QUESTIONS = 100;
const FILES = 1_200;
const DENSE_DOCUMENTS = 570;
const DENSE_SENTENCES = 150;
/** Names that the dense documents share, by document. */
const DENSE_NAMES = 51;
const BATCH_PASSAGES = 500;
const COLLECTION = 'bench';
const LOADED = 'bench-loaded';
const DENSE = 'bench-dense';

/** @throws UsageError without folders, or without a Neo4j */
export async function runStoresBench(options: StoresBenchOptions): Promise<StoresFigure[]> {
  const { folders, documents: count = DOCUMENTS, json = false, print } = options;
  if (folders.length === 0) {
    throw new UsageError('NO_FOLDERS', 'No benchmark folder was given.', {
      remedy: 'Name folders with corpus.jsonl and questions.jsonl.',
    });
  }
  const documents: BenchDocument[] = [];
  const questions: string[] = [];
  for (const [i, folder] of folders.entries()) {
    const set = await loadBenchSet(folder);
    documents.push(...set.documents.map((document) => ({ ...document, id: `${i}-${document.id}` })));
    questions.push(...set.questions.map(({ question }) => question));
  }
  const embedder = await loadStaticEmbedder();
  const grown = growCorpus(documents, count);
  const set = { name: 'stores', folder: '', documents: grown, questions: [], unanswerable: [] };
  const figures: StoresFigure[] = [];
  const add = (figure: StoresFigure): void => {
    figures.push(figure);
    if (json) print(JSON.stringify(figure));
  };

  await using embedded = await ingestSet(set, embedder);
  await using server = await benchServer();
  const neo4j = await openNeo4jStore(server);
  await using _store = neo4j;

  const batches = await storedBatches(embedded.store, COLLECTION, BATCH_PASSAGES);
  for (const figure of loadFigures(
    await measureLoad(neo4j, embedder, batches, { collection: LOADED, rounds: 2, warmShare: 0.2 }),
  ))
    add(figure);

  using cache = new IndexCache(neo4j, join(embedded.folder, 'neo4j'));
  const ranker = await loadRanker();
  const common = { embedder, ranker, limits: DEFAULT_LIMITS, now: () => performance.now() };
  await using search = new Neo4jPassageSearch(neo4j.connection, neo4j);
  await using ownSearch = new SqlitePassageSearch(embedded.folder);
  const onNeo4j = { ...common, store: neo4j, index: cache, search };
  const onEmbedded = { ...common, store: embedded.store, index: embedded.cache, search: ownSearch };
  const asked: Asked[] = [
    { name: 'neo4j', collection: LOADED, context: onNeo4j, source: 'memory' },
    { name: 'embedded', collection: COLLECTION, context: onEmbedded, source: 'memory' },
    { name: 'neo4j, store', collection: LOADED, context: onNeo4j, source: 'store' },
    { name: 'embedded, store', collection: COLLECTION, context: onEmbedded, source: 'store' },
  ];
  const sampled = sample(questions, options.questions ?? QUESTIONS, 0);
  for (const [source, some] of [
    ['', asked.slice(0, 2)],
    [' --source store', asked.slice(2)],
  ] as const) {
    const of = await measureAsk(some, sampled);
    const [here, there] = some.map(({ name }) => of.get(name)!);
    const beside = { beside: 'embedded', unit: 'ms' };
    const target = source === '' ? 1.3 : undefined;
    add({ measured: `ask${source} p50`, neo4j: here!.p50Ms, other: there!.p50Ms, target, ...beside });
    add({ measured: `ask${source} p95`, neo4j: here!.p95Ms, other: there!.p95Ms, ...beside });
  }

  const check = await measureCheck(neo4j, cache, LOADED);
  const alone = { beside: '', other: 0, unit: 'ms' };
  add({ measured: 'generation check p50', neo4j: check.generation.p50Ms, target: 2, ...alone });
  add({ measured: 'index found up to date p50', neo4j: check.current.p50Ms, target: 2, ...alone });

  const cli = join(packageRoot(), 'dist', 'app', 'cli', 'main.js');
  const env = environment(server, join(embedded.folder, 'cache'));
  const ingest = (folder: string, collection: string): Promise<void> =>
    hopwise(cli, ['ingest', folder, '--collection', collection, '--json'], env);
  await using one = await textFiles([{ title: 'Ines Marlowe', text: 'Ines Marlowe was born in Port Ellery in 1911.' }]);
  const delta = await measureDelta(neo4j, LOADED, () => ingest(one.folder, LOADED));
  const rebuild = { beside: 'rebuild', unit: 'ms' };
  add({ measured: "index after another process's write", neo4j: delta.deltaMs, other: delta.rebuildMs, ...rebuild });
  const read = { beside: 'rebuild', unit: 'documents' };
  add({ measured: 'documents it read', neo4j: delta.deltaDocuments, other: delta.rebuildDocuments, ...read });

  for (const figure of await sharingFigures(server, grown.slice(0, options.files ?? FILES))) add(figure);
  const dense = options.dense ?? DENSE_DOCUMENTS;
  if (dense > 0) for (const figure of loadFigures(await denseLoad(neo4j, embedder, dense))) add(figure);
  if (!json) print(format(figures));
  return figures;
}

function loadFigures(load: LoadFigures): StoresFigure[] {
  const size = `${load.nodes} nodes, ${load.relationships} relationships`;
  const plain = { beside: 'plain MERGE', unit: 's' };
  const { adapterServerCpuSeconds: ours, plainServerCpuSeconds: byHand } = load;
  return [
    { measured: `load of ${size}`, neo4j: load.adapterSeconds, other: load.plainSeconds, target: 1.15, ...plain },
    { measured: 'its CPU here', neo4j: load.adapterCpuSeconds, other: load.plainCpuSeconds, ...plain },
    ...(ours === undefined || byHand === undefined
      ? []
      : [{ measured: 'its CPU on the server', neo4j: ours, other: byHand, ...plain }]),
  ];
}

/** The load of a graph with many relationships a node; by now the server is warm. */
async function denseLoad(neo4j: Neo4jStore, embedder: Embedder, documents: number): Promise<LoadFigures> {
  const options = { documents, sentences: DENSE_SENTENCES, names: documents * DENSE_NAMES };
  const set = { name: 'dense', folder: '', documents: denseDocuments(options), questions: [], unanswerable: [] };
  await using embedded = await ingestSet(set, embedder);
  const batches = await storedBatches(embedded.store, COLLECTION, BATCH_PASSAGES);
  return await measureLoad(neo4j, embedder, batches, { collection: DENSE, rounds: 1, warmShare: 0 });
}

async function sharingFigures(server: BenchServer, files: readonly BenchDocument[]): Promise<StoresFigure[]> {
  const { one, several: two } = await compareSharing(server, files, 2);
  const embedded = await shareIngest(undefined, files, 1);
  const rate = ({ passages, seconds }: SharedIngest): number => passages / seconds;
  const beside = '1 process';
  const what = `ingest of ${files.length} files by`;
  return [
    { measured: `${what} 2 processes`, neo4j: rate(two), beside, other: rate(one), unit: 'passages/s' },
    { measured: 'their CPU', neo4j: two.cpuSeconds, beside, other: one.cpuSeconds, unit: 's' },
    ...(two.serverCpuSeconds === undefined || one.serverCpuSeconds === undefined
      ? []
      : [
          {
            measured: 'CPU of the server',
            neo4j: two.serverCpuSeconds,
            beside,
            other: one.serverCpuSeconds,
            unit: 's',
          },
        ]),
    { measured: `${what} 1 process`, neo4j: rate(one), beside: 'embedded', other: rate(embedded), unit: 'passages/s' },
    { measured: 'its CPU', neo4j: one.cpuSeconds, beside: 'embedded', other: embedded.cpuSeconds, unit: 's' },
  ];
}

function environment({ uri, username, password, database }: BenchServer, cache: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOPWISE_STORE: uri,
    HOPWISE_CACHE: cache,
    NEO4J_USERNAME: username,
    NEO4J_PASSWORD: password,
    ...(database === undefined ? {} : { NEO4J_DATABASE: database }),
  };
}

function format(figures: readonly StoresFigure[]): string {
  const table = new Table({
    head: ['measured', 'Neo4j store', 'beside it', 'unit', 'ratio', 'target'],
    style: { head: [], border: [] },
  });
  for (const { measured, neo4j, beside, other, unit, target } of figures) {
    const digits = unit === 'documents' ? 0 : 2;
    table.push([
      measured,
      neo4j.toFixed(digits),
      beside === '' ? '' : `${other.toFixed(digits)} (${beside})`,
      unit,
      beside === '' ? '' : (neo4j / other).toFixed(2),
      target === undefined ? '' : `<= ${target}`,
    ]);
  }
  return table.toString();
}
