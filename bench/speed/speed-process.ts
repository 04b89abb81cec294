/** One measurement of `bench:speed`, in a process of its own so that memory and warmth are its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { tuneForIngest } from '../../ingest/index.js';
import { sample } from '../../queries/evaluate/index.js';
import { loadRanker } from '../../queries/retrieve/ranker.js';
import { retrieve } from '../../queries/retrieve/retrieve.js';
import { packageRoot } from '../../src/assets.js';
import { loadStaticEmbedder } from '../../src/models/static-embedder.js';
import { type BenchDocument, type BenchSet, loadBenchSet } from '../retrieval/bench-set.js';
import { indexSet } from '../retrieval/index-set.js';
import { ingestSet } from '../retrieval/ingest-set.js';
import { growCorpus } from './generate-documents.js';
import { PlainBm25 } from './plain-bm25.js';

export type Measurement = 'ingest' | 'retrieve' | 'plain' | 'cold-ask';

export interface SpeedRequest {
  readonly what: Measurement;
  readonly folders: readonly string[];
  /** Documents; generated ones fill up. */
  readonly documents: number;
}

export interface SpeedReply {
  readonly what: Measurement;
  readonly documents: number;
  readonly passages: number;
  readonly indexCpuSeconds: number;
  readonly peakRssMb: number;
  /** Of one question; 0 where none was asked. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** CPU of this process a question, mean: what remains comparable where other work shares the processor; 0 where none was asked. */
  readonly cpuMs: number;
  /** Mean by step of `retrieve`. */
  readonly steps: Readonly<Record<string, number>>;
}

const QUESTIONS = 300;
const WARM_UP = 300;
const COLD_RUNS = 5;

async function pooled(folders: readonly string[], count: number): Promise<BenchSet> {
  const documents: BenchDocument[] = [];
  const questions: BenchSet['questions'][number][] = [];
  for (const [i, folder] of folders.entries()) {
    const set = await loadBenchSet(folder);
    documents.push(...set.documents.map((document) => ({ ...document, id: `${i}-${document.id}` })));
    questions.push(...set.questions);
  }
  return {
    name: 'speed',
    folder: '',
    documents: growCorpus(documents, count),
    questions: sample(questions, QUESTIONS, 0),
    unanswerable: [],
  };
}

function quantiles(milliseconds: number[]): { p50Ms: number; p95Ms: number } {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

async function measure({ what, folders, documents: count }: SpeedRequest): Promise<SpeedReply> {
  const set = await pooled(folders, count);
  const started = process.cpuUsage();
  const cpuSeconds = (): number => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1e6;
  };
  const reply = (rest: Partial<SpeedReply> & { passages: number; indexCpuSeconds: number }): SpeedReply => ({
    what,
    documents: set.documents.length,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
    p50Ms: 0,
    p95Ms: 0,
    cpuMs: 0,
    steps: {},
    ...rest,
  });

  if (what === 'plain') {
    const index = new PlainBm25(set.documents);
    const indexCpuSeconds = cpuSeconds();
    const times: number[] = [];
    for (const { question } of set.questions.slice(0, WARM_UP)) index.search(question, 10);
    const used = cpuSeconds();
    for (const { question } of set.questions) {
      const at = performance.now();
      index.search(question, 10);
      times.push(performance.now() - at);
    }
    const cpuMs = ((cpuSeconds() - used) * 1e3) / times.length;
    return reply({ passages: set.documents.length, indexCpuSeconds, ...quantiles(times), cpuMs });
  }

  const embedder = await loadStaticEmbedder();
  if (what === 'ingest' || what === 'cold-ask') {
    // As the command line does: a heap that grows in smaller steps, less inlining.
    setFlagsFromString('--heap-growing-percent=50');
    tuneForIngest();
    await using ingested = await ingestSet(set, embedder);
    const indexCpuSeconds = cpuSeconds();
    const passages = ingested.index.passageCount;
    if (what === 'ingest') return reply({ passages, indexCpuSeconds });
    const cli = join(packageRoot(), 'dist', 'app', 'cli', 'main.js');
    const times: number[] = [];
    for (const { question } of set.questions.slice(0, COLD_RUNS)) {
      const at = performance.now();
      const args = [cli, 'ask', question, '--json', '--store', ingested.folder, '--collection', 'bench'];
      await promisify(execFile)(process.execPath, args);
      times.push(performance.now() - at);
    }
    return reply({ passages, indexCpuSeconds, ...quantiles(times) });
  }

  const { index } = await indexSet(set, embedder);
  const indexCpuSeconds = cpuSeconds();
  const ranker = await loadRanker();
  const now = (): number => performance.now();
  const times: number[] = [];
  const steps: Record<string, number> = {};
  const context = { index, embedder, ranker, now };
  for (const { question } of set.questions.slice(0, WARM_UP)) await retrieve(context, question, { k: 10 });
  const used = cpuSeconds();
  for (const { question } of set.questions) {
    const at = now();
    const { timings } = await retrieve(context, question, { k: 10 });
    times.push(now() - at);
    for (const [step, ms] of Object.entries(timings)) steps[step] = (steps[step] ?? 0) + ms / set.questions.length;
  }
  const cpuMs = ((cpuSeconds() - used) * 1e3) / times.length;
  return reply({ passages: index.passageCount, indexCpuSeconds, ...quantiles(times), cpuMs, steps });
}

process.once('message', (request: SpeedRequest) => {
  measure(request)
    .then((reply) => process.send?.(reply, () => process.disconnect()))
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
});
