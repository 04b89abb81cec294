/** Whether the documents answer the question: a calibrated probability from the evidence. */
import { readFile } from 'node:fs/promises';
import { assetPath } from '../../src/assets.js';
import { HopwiseError } from '../../src/errors.js';
import { ABSTAIN_FEATURES, abstainFeatures } from './abstain-features.js';
import type { Evidence } from './evidence.js';
import type { Solution } from './solution.js';

/** Content of assets/abstain.json. */
export interface AbstainRecord {
  readonly format: 'hopwise-abstain/1';
  readonly features: readonly string[];
  /** Folders that it was fitted on, for people. */
  readonly sets: readonly string[];
  /** Logistic regression on standardised features, the bias last. */
  readonly mean: readonly number[];
  readonly scale: readonly number[];
  readonly weights: readonly number[];
  /** Below this confidence the answer is an abstention. */
  readonly threshold: number;
}

export interface Judgement {
  /** Probability that the documents answer, 0..1. */
  readonly confidence: number;
  readonly abstain: boolean;
}

export interface AbstainModel {
  judge(evidence: Evidence, solution: Solution | undefined): Judgement;
}

/** Probability of the features; one that is not known (NaN) counts as the mean. */
export function confidenceOf(model: Pick<AbstainRecord, 'mean' | 'scale' | 'weights'>, features: Float64Array): number {
  const { mean, scale, weights } = model;
  let sum = weights[features.length]!;
  for (let f = 0; f < features.length; f++) {
    const value = features[f]!;
    if (!Number.isNaN(value)) sum += (weights[f]! * (value - mean[f]!)) / scale[f]!;
  }
  return 1 / (1 + Math.exp(-sum));
}

/**
 * Makes a model of a record.
 * @throws HopwiseError ABSTAIN_INVALID when it was fitted for other features
 */
export function abstainModelOf(record: AbstainRecord): AbstainModel {
  const same =
    record.features.length === ABSTAIN_FEATURES.length &&
    record.features.every((name, i) => name === ABSTAIN_FEATURES[i]);
  if (record.format !== 'hopwise-abstain/1' || !same) {
    throw new HopwiseError('ABSTAIN_INVALID', 'The abstention model was fitted for other features.', {
      remedy: 'Reinstall hopwise, or refit it with `npm run train:abstain`.',
    });
  }
  return {
    judge(evidence, solution) {
      if (evidence.passages.length === 0) return { confidence: 0, abstain: true };
      const confidence = confidenceOf(record, abstainFeatures(evidence, solution));
      return { confidence, abstain: confidence < record.threshold };
    },
  };
}

let shipped: Promise<AbstainModel> | undefined;

/** The model shipped in `assets/abstain.json`, read once. @throws HopwiseError ABSTAIN_INVALID */
export function loadAbstainModel(): Promise<AbstainModel> {
  shipped ??= readFile(assetPath('abstain.json'), 'utf8').then((text) =>
    abstainModelOf(JSON.parse(text) as AbstainRecord),
  );
  return shipped;
}
