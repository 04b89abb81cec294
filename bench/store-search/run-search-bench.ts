/** `npm run bench:search -- DIR...`: memory and latency of both sources of retrieval on one large collection. */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Table from 'cli-table3';
import { HopwiseError, UsageError } from '../../src/errors.js';
import type { SearchMeasurement, SearchReply, SearchRequest } from './search-process.js';

export interface SearchBenchOptions {
  readonly sets: readonly string[];
  /** Documents; generated ones fill up. Default 100,000. */
  readonly documents?: number | undefined;
  readonly print: (line: string) => void;
}

const PLAN: readonly SearchMeasurement[] = ['ingest', 'prepare', 'memory', 'store'];

function apart(request: SearchRequest): Promise<SearchReply> {
  const entry = fileURLToPath(new URL(`./search-process${extname(import.meta.url)}`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(entry);
    child.on('error', reject);
    child.on('message', (reply: SearchReply) => resolve(reply));
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
export async function runSearchBench({ sets, documents = 100_000, print }: SearchBenchOptions): Promise<SearchReply[]> {
  if (sets.length === 0) {
    throw new UsageError('NO_FOLDERS', 'No benchmark folder was given.', {
      remedy: 'Name folders with corpus.jsonl and questions.jsonl.',
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'hopwise-bench-'));
  const table = new Table({
    head: ['measured', 'passages', 'ready after s', 'p50 ms', 'p95 ms', 'cpu ms', 'recall@5', 'peak MB', 'file MB'],
    style: { head: [], border: [] },
  });
  const replies: SearchReply[] = [];
  try {
    for (const what of PLAN) {
      const reply = await apart({ what, folder, sets, documents });
      replies.push(reply);
      const { passages, readyMs, p50Ms, p95Ms, cpuMs, peakRssMb, fileMb } = reply;
      const cells = [readyMs / 1e3, p50Ms, p95Ms, cpuMs, reply['recall@5'], peakRssMb, fileMb].map((x) => x.toFixed(1));
      print(`${what}: ${passages} passages, ${cells.join(' ')}`);
      table.push([what, passages, ...cells]);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  print(table.toString());
  return replies;
}
