/** Measures retrieval systems on one benchmark set: quality of each question, latency, cost of indexing. */
import { firstAppearances, type RankingMetrics, rankingMetrics } from '../../queries/evaluate/index.js';
import { BASELINES, rankBaseline } from '../../queries/retrieve/baselines.js';
import { loadRanker } from '../../queries/retrieve/ranker.js';
import { retrieve } from '../../queries/retrieve/retrieve.js';
import { retrieveFromStore } from '../../queries/store-search/retrieve-from-store.js';
import { loadStaticEmbedder } from '../../src/models/static-embedder.js';
import type { Embedder } from '../../src/ports/index.js';
import type { Neo4jOptions } from '../../src/stores/neo4j/connect.js';
import { loadBenchSet } from './bench-set.js';
import { type IngestedSet, ingestSet } from './ingest-set.js';

/** `store`: hopwise's ranking on what the store's own search gives; only when asked for. */
export const SYSTEMS = [...BASELINES, 'store', 'hopwise'] as const;
export type System = (typeof SYSTEMS)[number];

/** Passages fetched for a question; ten documents or more lie in them even when documents have several passages. */
const DEPTH = 100;
/** Questions asked before latency is measured. */
const WARM_UP = 30;

export interface MeasureOptions {
  readonly folder: string;
  readonly systems: readonly System[];
  readonly sample?: number | undefined;
  readonly seed: number;
  /** Measures in a collection of its own there, dropped afterwards, instead of in a temporary folder. */
  readonly neo4j?: Neo4jOptions | undefined;
}

export interface SystemResult {
  readonly system: System;
  readonly metrics: readonly RankingMetrics[];
  /** Of the latency of one question, the embedding of it included. */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export interface SetResult {
  readonly set: string;
  readonly documents: number;
  readonly passages: number;
  readonly questions: number;
  readonly indexCpuSeconds: number;
  readonly indexWallSeconds: number;
  readonly peakRssMb: number;
  readonly systems: readonly SystemResult[];
}

function quantile(sorted: Float64Array, q: number): number {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!;
}

async function rank(
  system: System,
  { index, search }: IngestedSet,
  embedder: Embedder,
  question: string,
): Promise<ArrayLike<number>> {
  if (system === 'store') {
    const source = { search, embedder, ranker: await loadRanker(), now: () => 0 };
    const found = await retrieveFromStore(source, { collection: index.collection, question, k: DEPTH });
    return found.retrieval.hits.map(({ passageId }) => index.passageNumber(passageId));
  }
  if (system !== 'hopwise') return (await rankBaseline(system, { index, embedder }, question, DEPTH)).ids;
  const { hits } = await retrieve({ index, embedder, ranker: await loadRanker() }, question, { k: DEPTH });
  return hits.map(({ passage }) => passage);
}

async function measureSystem(
  system: System,
  indexed: IngestedSet,
  embedder: Embedder,
  signal: AbortSignal | undefined,
): Promise<SystemResult> {
  const { set, index, lines } = indexed;
  for (const { question } of set.questions.slice(0, WARM_UP)) await rank(system, indexed, embedder, question);
  const metrics: RankingMetrics[] = [];
  const latency = new Float64Array(set.questions.length);
  for (const [i, { question, judgements }] of set.questions.entries()) {
    signal?.throwIfAborted();
    const started = performance.now();
    const passages = await rank(system, indexed, embedder, question);
    latency[i] = performance.now() - started;
    const documents = firstAppearances(Array.from(passages, (p) => lines[index.documentOf[p]!]!));
    metrics.push(rankingMetrics(documents, judgements));
  }
  latency.sort();
  return { system, metrics, p50Ms: quantile(latency, 0.5), p95Ms: quantile(latency, 0.95) };
}

/** Ingests a folder into a store of its own and asks all its questions of each system. */
export async function measureSet(
  { folder, systems, sample, seed, neo4j }: MeasureOptions,
  signal?: AbortSignal,
): Promise<SetResult> {
  const set = await loadBenchSet(folder, sample, seed);
  const embedder = await loadStaticEmbedder();
  const wall = performance.now();
  const cpu = process.cpuUsage();
  await using indexed = await ingestSet(set, embedder, { neo4j, signal });
  const { user, system } = process.cpuUsage(cpu);
  const indexWallSeconds = (performance.now() - wall) / 1e3;
  const results: SystemResult[] = [];
  for (const name of systems) results.push(await measureSystem(name, indexed, embedder, signal));
  return {
    set: set.name,
    documents: indexed.index.documentCount,
    passages: indexed.index.passageCount,
    questions: set.questions.length,
    indexCpuSeconds: (user + system) / 1e6,
    indexWallSeconds,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    systems: results,
  };
}
