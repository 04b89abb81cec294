/** `hopwise bench retrieval DIR...`: quality, latency and cost of each system on each folder. */
import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HopwiseError, UsageError } from '../../src/errors.js';
import type { Neo4jOptions } from '../../src/stores/neo4j/connect.js';
import type { BenchOptions } from '../bench-options.js';
import { formatSet, type RetrievalRow, rowsOf } from './format-result.js';
import { type MeasureOptions, type SetResult, SYSTEMS, type System } from './measure-set.js';
import type { SetReply } from './set-process.js';

/** `sample`: questions drawn from each folder; default all. The seed is the bootstrap's too. */
export interface RetrievalBenchOptions extends BenchOptions {
  /** Default: all. */
  readonly systems?: readonly string[] | undefined;
  /** `store` also measures the ranking on the store's own search, beside the one on the index in memory. Default `memory`. */
  readonly source?: 'memory' | 'store' | undefined;
  /** Measures in this Neo4j, each set in a collection of its own that is dropped afterwards; default: temporary folders. */
  readonly neo4j?: Neo4jOptions | undefined;
}

function systemsOf(names: readonly string[] | undefined, source: 'memory' | 'store'): readonly System[] {
  const isAsked = (system: System): boolean => system !== 'store' || source === 'store';
  if (names === undefined || names.length === 0) return SYSTEMS.filter(isAsked);
  const chosen = names.map((name) => {
    const system = SYSTEMS.find((known) => known === name);
    if (system === undefined) {
      throw new UsageError('UNKNOWN_SYSTEM', `There is no system "${name}".`, {
        remedy: `Choose from ${SYSTEMS.join(', ')}.`,
      });
    }
    return system;
  });
  return source === 'store' && !chosen.includes('store') ? ['store', ...chosen] : chosen;
}

function measureApart(options: MeasureOptions, signal: AbortSignal | undefined): Promise<SetResult> {
  const entry = fileURLToPath(new URL(`./set-process${extname(import.meta.url)}`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(entry, { ...(signal === undefined ? {} : { signal }) });
    child.on('error', reject);
    child.on('exit', (code) => {
      reject(
        new HopwiseError('BENCH_FAILED', `The benchmark of ${options.folder} ended with code ${code ?? 'none'}.`, {
          remedy: 'Look at its output above.',
        }),
      );
    });
    child.on('message', ({ result, error }: SetReply) => {
      if (result !== undefined) resolve(result);
      else reject(new HopwiseError(error!.code, error!.message, { remedy: error!.remedy }));
    });
    child.send(options);
  });
}

/**
 * Runs the benchmark, folder by folder, each in a process of its own.
 * @returns one row a folder and system, as printed with `json`
 * @throws UsageError for an unknown system or no folder; SourceError for a folder that cannot be read
 */
export async function runRetrievalBench(options: RetrievalBenchOptions): Promise<RetrievalRow[]> {
  const { folders, sample, seed = 0, json = false, print, signal, neo4j } = options;
  const systems = systemsOf(options.systems, options.source ?? 'memory');
  if (folders.length === 0) {
    throw new UsageError('NO_FOLDERS', 'No benchmark folder was given.', {
      remedy: 'Name folders that hold corpus.jsonl and questions.jsonl.',
    });
  }
  const rows: RetrievalRow[] = [];
  for (const folder of folders) {
    signal?.throwIfAborted();
    const result = await measureApart({ folder, systems, sample, seed, neo4j }, signal);
    rows.push(...rowsOf(result));
    if (json) for (const row of rowsOf(result)) print(JSON.stringify(row));
    else for (const line of formatSet(result, seed)) print(line);
  }
  return rows;
}
