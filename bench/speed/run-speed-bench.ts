/** `npm run bench:speed -- DIR...`: what indexing and retrieval cost, beside a plain BM25, each in its own process. */
import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { HopwiseError, UsageError } from '../../src/errors.js';
import type { Measurement, SpeedReply, SpeedRequest } from './speed-process.js';

export interface SpeedBenchOptions {
  /** Benchmark folders whose corpora are pooled; generated documents fill up to each size. */
  readonly folders: readonly string[];
  /** Largest number of documents for retrieval; default 100,000. */
  readonly largest?: number | undefined;
  readonly json?: boolean | undefined;
  readonly print: (line: string) => void;
}

const INGESTED = 6_000;
const SMALL = 10_000;
const LARGE = 100_000;

function apart(request: SpeedRequest): Promise<SpeedReply> {
  const entry = fileURLToPath(new URL(`./speed-process${extname(import.meta.url)}`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(entry);
    child.on('error', reject);
    child.on('message', (reply: SpeedReply) => resolve(reply));
    child.on('exit', (code) => {
      reject(
        new HopwiseError('BENCH_FAILED', `Measuring ${request.what} ended with code ${code ?? 'none'}.`, {
          remedy: 'Look at its output above.',
        }),
      );
    });
    child.send(request);
  });
}

/** Runs all measurements, one after the other. @throws UsageError without folders */
export async function runSpeedBench(options: SpeedBenchOptions): Promise<SpeedReply[]> {
  const { folders, largest = LARGE, json = false, print } = options;
  if (folders.length === 0) {
    throw new UsageError('NO_FOLDERS', 'No benchmark folder was given.', {
      remedy: 'Name folders with corpus.jsonl and questions.jsonl whose documents are encyclopedia passages.',
    });
  }
  const plan: [Measurement, number][] = [
    ['plain', INGESTED],
    ['ingest', INGESTED],
    ['plain', SMALL],
    ['retrieve', SMALL],
    ['cold-ask', SMALL],
    ['plain', largest],
    ['retrieve', largest],
  ];
  const replies: SpeedReply[] = [];
  for (const [what, documents] of plan) {
    const reply = await apart({ what, documents, folders });
    replies.push(reply);
    if (json) print(JSON.stringify(reply));
  }
  if (!json) print(format(replies));
  return replies;
}

function format(replies: readonly SpeedReply[]): string {
  const table = new Table({
    head: [
      'measured',
      'documents',
      'passages',
      'index CPU s',
      'peak MB',
      'p50 ms',
      'p95 ms',
      'CPU ms',
      'mean ms by step',
    ],
    style: { head: [], border: [] },
  });
  for (const { what, documents, passages, indexCpuSeconds, peakRssMb, p50Ms, p95Ms, cpuMs, steps } of replies) {
    const by = Object.entries(steps).map(([step, ms]) => `${step} ${ms.toFixed(2)}`);
    table.push([
      what === 'plain' ? 'plain BM25' : what,
      documents,
      passages,
      indexCpuSeconds.toFixed(1),
      peakRssMb.toFixed(0),
      p50Ms.toFixed(2),
      p95Ms.toFixed(2),
      cpuMs.toFixed(2),
      by.join(', '),
    ]);
  }
  return table.toString();
}
