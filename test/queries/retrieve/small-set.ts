/** The little corpus of `test/data/retrieval`, indexed in memory, and a ranker that weighs a few features by hand. */
import { fileURLToPath } from 'node:url';
import { type BenchSet, loadBenchSet } from '../../../bench/retrieval/bench-set.js';
import { type IndexedSet, indexSet } from '../../../bench/retrieval/index-set.js';
import { CONTEXT_SIGNALS, FIRST_FEATURES, ROUND_FEATURES, ROUNDS } from '../../../queries/retrieve/features.js';
import { makeRanker, type Ranker } from '../../../queries/retrieve/ranker.js';
import { loadStaticEmbedder } from '../../../src/models/static-embedder.js';

export const SMALL_SET = fileURLToPath(new URL('../../data/retrieval', import.meta.url));

let indexed: Promise<IndexedSet> | undefined;

export function smallSet(): Promise<IndexedSet> {
  indexed ??= loadBenchSet(SMALL_SET).then(async (set: BenchSet) => indexSet(set, await loadStaticEmbedder()));
  return indexed;
}

/** Weights by feature name, the same in each stage, none times a signal. */
export function handRanker(weights: Readonly<Record<string, number>>): Ranker {
  const stage = (names: readonly string[]): number[] => {
    const main = names.map((name) => weights[name] ?? 0);
    return [...main, ...new Array<number>(names.length * CONTEXT_SIGNALS.length).fill(0)];
  };
  const rounds = stage([...FIRST_FEATURES, ...ROUND_FEATURES]);
  return makeRanker([stage(FIRST_FEATURES), ...new Array<number[]>(ROUNDS).fill(rounds)], []);
}
