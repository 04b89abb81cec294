/** The fitted ranker: one linear model a stage, small trees last. Written by `npm run train:ranker`. */
import { readFile } from 'node:fs/promises';
import { assetPath } from '../../src/assets.js';
import { HopwiseError } from '../../src/errors.js';
import { CONTEXT_SIGNALS, FIRST_FEATURES, LAST_FEATURES, ROUND_FEATURES, ROUNDS } from './features.js';
import { type TreeRecord, Trees } from './trees.js';

/** The file's content. */
export interface RankerRecord {
  readonly format: 'hopwise-ranker/1';
  readonly first: readonly string[];
  readonly round: readonly string[];
  readonly context: readonly string[];
  readonly last: readonly string[];
  /** Folders that it was fitted on, for people. */
  readonly sets: readonly string[];
  /** By stage: (1 + signals) blocks of one weight a feature; block 0 alone, block c times signal c. */
  readonly weights: readonly (readonly number[])[];
  readonly trees: readonly TreeRecord[];
}

export interface Ranker {
  /** Effective weights of a stage for the signals of a question, one a feature. */
  weights(stage: number, context: Float64Array): Float64Array;
  /** Undefined while the trainer has none yet. */
  readonly trees: Trees | undefined;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

function invalid(reason: string): HopwiseError {
  return new HopwiseError('RANKER_INVALID', `The ranker does not fit this version: ${reason}.`, {
    remedy: 'Reinstall hopwise, or refit the ranker with `npm run train:ranker`.',
  });
}

/** Number of features of a stage; stage 0 is the first, 1.. the rounds. */
export function stageWidth(stage: number): number {
  return FIRST_FEATURES.length + (stage === 0 ? 0 : ROUND_FEATURES.length);
}

/** Makes a ranker of weights by stage (fewer stages than a whole one while training). */
export function makeRanker(weights: readonly (readonly number[])[], trees: readonly TreeRecord[]): Ranker {
  const byStage = weights.map((stage) => Float64Array.from(stage));
  return {
    trees: trees.length === 0 ? undefined : new Trees(trees),
    weights(stage, context) {
      const all = byStage[stage]!;
      const width = stageWidth(stage);
      const effective = all.slice(0, width);
      for (let c = 0; c < context.length; c++) {
        const base = (c + 1) * width;
        for (let f = 0; f < width; f++) effective[f]! += context[c]! * all[base + f]!;
      }
      return effective;
    },
  };
}

/**
 * Makes a ranker of a record.
 * @throws HopwiseError RANKER_INVALID when it was fitted for other features
 */
export function rankerOf(record: RankerRecord): Ranker {
  if (record.format !== 'hopwise-ranker/1') throw invalid(`format "${record.format}"`);
  if (
    !sameNames(record.first, FIRST_FEATURES) ||
    !sameNames(record.round, ROUND_FEATURES) ||
    !sameNames(record.context, CONTEXT_SIGNALS) ||
    !sameNames(record.last, LAST_FEATURES)
  ) {
    throw invalid('other features');
  }
  if (record.weights.length !== ROUNDS + 1) throw invalid(`${record.weights.length} stages`);
  record.weights.forEach((weights, stage) => {
    if (weights.length !== stageWidth(stage) * (1 + CONTEXT_SIGNALS.length)) throw invalid(`weights of stage ${stage}`);
  });
  return makeRanker(record.weights, record.trees);
}

let shipped: Promise<Ranker> | undefined;

/**
 * The ranker shipped in `assets/ranker.json`, read once.
 * @throws HopwiseError RANKER_INVALID
 */
export function loadRanker(): Promise<Ranker> {
  shipped ??= readFile(assetPath('ranker.json'), 'utf8').then((text) => rankerOf(JSON.parse(text) as RankerRecord));
  return shipped;
}
