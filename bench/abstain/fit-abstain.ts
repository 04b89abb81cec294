/** Fits the abstention model: logistic regression on evidence features. */
import { type AbstainRecord, confidenceOf } from '../../queries/answer/abstain.js';
import { ABSTAIN_FEATURES } from '../../queries/answer/abstain-features.js';
import { fitLogistic } from '../fit/fit-logistic.js';
import { foldOf } from '../fit/folds.js';

/** L2 of the standardised weights, against a mean loss. */
const L2 = 0.01;
export const FOLDS = 4;
/** At even odds, and a mistake either way costing the same. */
export const THRESHOLD = 0.5;

export interface AbstainExample {
  readonly set: string;
  /** Question id: its cases share a fold. */
  readonly question: string;
  readonly answerable: boolean;
  readonly features: Float64Array;
}

/** Weights by which every set counts the same, and in each set both classes. */
function weightsOf(examples: readonly AbstainExample[]): number[] {
  const counts = new Map<string, number>();
  const key = ({ set, answerable }: AbstainExample): string => `${answerable ? '+' : '-'}${set}`;
  for (const example of examples) counts.set(key(example), (counts.get(key(example)) ?? 0) + 1);
  const mean = examples.length / Math.max(1, counts.size);
  return examples.map((example) => mean / counts.get(key(example))!);
}

/** The model of the examples. */
export function fitAbstain(examples: readonly AbstainExample[], sets: readonly string[]): AbstainRecord {
  const fitted = fitLogistic(
    examples.map(({ features }) => features),
    examples.map(({ answerable }) => (answerable ? 1 : 0)),
    weightsOf(examples),
    L2,
  );
  return { format: 'hopwise-abstain/1', features: [...ABSTAIN_FEATURES], sets, ...fitted, threshold: THRESHOLD };
}

function heldOut(examples: readonly AbstainExample[], groupOf: (example: AbstainExample) => string): number[] {
  const models = new Map<string, AbstainRecord>();
  return examples.map((example) => {
    const group = groupOf(example);
    let model = models.get(group);
    if (model === undefined) {
      model = fitAbstain(
        examples.filter((other) => groupOf(other) !== group),
        [],
      );
      models.set(group, model);
    }
    return confidenceOf(model, example.features);
  });
}

/** Confidence in each example by a model that saw neither its question nor any other case of it. */
export function outOfFold(examples: readonly AbstainExample[]): number[] {
  return heldOut(examples, ({ question }) => String(foldOf(question, FOLDS)));
}

/** Confidence in each example by a model that saw nothing of its set. */
export function leaveSetOut(examples: readonly AbstainExample[]): number[] {
  return heldOut(examples, ({ set }) => set);
}
