/** Results of a set as JSON rows and as a table for people. */
import Table from 'cli-table3';
import { bootstrapMean, METRIC_NAMES } from '../../queries/evaluate/index.js';
import type { SetResult, SystemResult } from './measure-set.js';

/** One line of `--json`: shares in per cent, sizes in MB of 2^20 bytes. */
export interface RetrievalRow {
  readonly set: string;
  readonly system: string;
  readonly documents: number;
  readonly passages: number;
  readonly questions: number;
  readonly 'recall@2': number;
  readonly 'recall@5': number;
  readonly 'recall@10': number;
  readonly 'ndcg@10': number;
  readonly 'mrr@10': number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly indexCpuSeconds: number;
  readonly indexWallSeconds: number;
  readonly peakRssMb: number;
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function mean({ metrics }: SystemResult, name: (typeof METRIC_NAMES)[number]): number {
  return metrics.length === 0 ? 0 : (100 * metrics.reduce((sum, row) => sum + row[name], 0)) / metrics.length;
}

export function rowsOf(result: SetResult): RetrievalRow[] {
  return result.systems.map((system) => ({
    set: result.set,
    system: system.system,
    documents: result.documents,
    passages: result.passages,
    questions: result.questions,
    'recall@2': round(mean(system, 'recall@2'), 2),
    'recall@5': round(mean(system, 'recall@5'), 2),
    'recall@10': round(mean(system, 'recall@10'), 2),
    'ndcg@10': round(mean(system, 'ndcg@10'), 2),
    'mrr@10': round(mean(system, 'mrr@10'), 2),
    p50Ms: round(system.p50Ms, 3),
    p95Ms: round(system.p95Ms, 3),
    indexCpuSeconds: round(result.indexCpuSeconds, 2),
    indexWallSeconds: round(result.indexWallSeconds, 2),
    peakRssMb: round(result.peakRssMb, 1),
  }));
}

const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;

/** The last system's nDCG@10 against another's, with the paired-bootstrap 95 per cent interval. */
function against(result: SetResult, system: SystemResult, seed: number): string {
  const last = result.systems[result.systems.length - 1]!;
  if (system === last) return '';
  const differences = last.metrics.map((row, i) => 100 * (row['ndcg@10'] - system.metrics[i]!['ndcg@10']));
  const { mean: middle, low, high } = bootstrapMean(differences, seed);
  return `${signed(middle)} (${signed(low)} to ${signed(high)})`;
}

/** A table for people. */
export function formatSet(result: SetResult, seed: number): string[] {
  const last = result.systems[result.systems.length - 1]?.system ?? '';
  const table = new Table({
    head: ['system', ...METRIC_NAMES, 'p50 ms', 'p95 ms', `${last} nDCG against it (95 %)`],
    colAligns: ['left', ...METRIC_NAMES.map(() => 'right' as const), 'right', 'right', 'left'],
    style: { head: [], border: [] },
  });
  for (const system of result.systems) {
    table.push([
      system.system,
      ...METRIC_NAMES.map((name) => mean(system, name).toFixed(1)),
      system.p50Ms.toFixed(1),
      system.p95Ms.toFixed(1),
      against(result, system, seed),
    ]);
  }
  return [
    `${result.set}: ${result.documents} documents, ${result.passages} passages, ${result.questions} questions; indexed in ${result.indexCpuSeconds.toFixed(1)} CPU s, ${result.indexWallSeconds.toFixed(1)} s; peak ${result.peakRssMb.toFixed(0)} MB`,
    table.toString(),
  ];
}
