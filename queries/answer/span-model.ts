/** The fitted scorer of candidate answers. Written by `npm run train:abstain` together with the abstention model. */
import { readFile } from 'node:fs/promises';
import { assetPath } from '../../src/assets.js';
import { HopwiseError } from '../../src/errors.js';
import { type TreeRecord, Trees } from '../retrieve/trees.js';
import { SPAN_FEATURES, SPAN_WIDTH } from './span-feature-names.js';
import type { SpanTable } from './span-features.js';

/** Content of assets/spans.json. */
export interface SpanModelRecord {
  readonly format: 'hopwise-spans/1';
  readonly features: readonly string[];
  /** Folders that it was fitted on, for people. */
  readonly sets: readonly string[];
  readonly trees: readonly TreeRecord[];
}

export interface SpanModel {
  /** One score a span; the softmax over a question's spans is their probability. */
  scores(table: SpanTable): Float64Array;
}

/**
 * Makes a model of a record.
 * @throws HopwiseError SPANS_INVALID when it was fitted for other features
 */
export function spanModelOf(record: SpanModelRecord): SpanModel {
  const same =
    record.features.length === SPAN_FEATURES.length && record.features.every((name, i) => name === SPAN_FEATURES[i]);
  if (record.format !== 'hopwise-spans/1' || !same) {
    throw new HopwiseError('SPANS_INVALID', 'The span scorer was fitted for other features.', {
      remedy: 'Reinstall hopwise, or refit it with `npm run train:abstain`.',
    });
  }
  const trees = new Trees(record.trees);
  return {
    scores: ({ spans, rows }) => trees.predict(rows, SPAN_WIDTH, spans.length),
  };
}

let shipped: Promise<SpanModel> | undefined;

/** The model shipped in `assets/spans.json`, read once. @throws HopwiseError SPANS_INVALID */
export function loadSpanModel(): Promise<SpanModel> {
  shipped ??= readFile(assetPath('spans.json'), 'utf8').then((text) =>
    spanModelOf(JSON.parse(text) as SpanModelRecord),
  );
  return shipped;
}
