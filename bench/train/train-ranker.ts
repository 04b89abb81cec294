/**
 * Fits the ranker stage by stage. The features come from the product's own code; each round and the trees see the
 * out-of-fold scores of the stage before, so that they learn from scores as good as those of unseen questions.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CONTEXT_SIGNALS,
  FIRST_FEATURES,
  LAST_FEATURES,
  ROUND_FEATURES,
  ROUNDS,
} from '../../queries/retrieve/features.js';
import { makeRanker, type Ranker, type RankerRecord, stageWidth } from '../../queries/retrieve/ranker.js';
import { lastFeatures, type Stage, type StagedScores, treePrior } from '../../queries/retrieve/score-stages.js';
import type { TreeRecord } from '../../queries/retrieve/trees.js';
import { FOLDS } from './folds.js';
import { runFit } from './python.js';
import { type FitJob, TrainingFile, type TrainingHeader } from './training-file.js';
import type { TrainingSet } from './training-set.js';

/** Models of one fit: of each fold (fitted without it), of everything, and of everything but one set. */
export interface FittedModels {
  readonly folds: Models[];
  readonly whole: Models;
  /** By kind, fitted without its sets; empty unless asked for. */
  readonly without: ReadonlyMap<string, Models>;
}

export interface Models {
  readonly weights: number[][];
  trees: TreeRecord[];
}

export interface FitOptions {
  readonly sets: readonly TrainingSet[];
  readonly python: string;
  /** Folder for the files exchanged with the fitting script. */
  readonly work: string;
  /** Also fit without each kind of sets. */
  readonly leaveOut: boolean;
  readonly print: (line: string) => void;
}

const HARD_ROWS = 60;
const REST_STRIDE = 3;

/** Number of the gold document of each row, -1 for none. */
export function goldLabels(set: TrainingSet, question: number, passages: Uint32Array): Int32Array {
  const gold = new Map<string, number>();
  for (const [id, grade] of set.indexed.set.questions[question]!.judgements) if (grade > 0) gold.set(id, gold.size);
  const { index, lines } = set.indexed;
  return Int32Array.from(passages, (p) => gold.get(lines[index.documentOf[p]!]!) ?? -1);
}

/** Trees learn from one passage of each gold document, the best so far; its other passages are left out (-1). */
function treeLabels(gold: Int32Array, order: readonly number[]): Int32Array {
  const seen = new Set<number>();
  return Int32Array.from(order, (i) => {
    const document = gold[i]!;
    if (document < 0) return 0;
    if (seen.has(document)) return -1;
    seen.add(document);
    return 1;
  });
}

/** Candidates that a linear stage learns from: gold, the likeliest so far, and every third of the rest; ascending. */
function trainingRows({ width, passages }: Stage, features: Float64Array, gold: Int32Array): number[] {
  const likely = width === FIRST_FEATURES.length ? FIRST_FEATURES.indexOf('hyb') : width - 1;
  const order = Array.from(passages.keys()).sort(
    (a, b) => features[b * width + likely]! - features[a * width + likely]! || a - b,
  );
  const kept = order.filter((i, rank) => rank < HARD_ROWS || rank % REST_STRIDE === 0 || gold[i]! >= 0);
  return kept.sort((a, b) => a - b);
}

function emptyModels(): Models {
  return { weights: [], trees: [] };
}

/** Rankers of the folds as fitted so far. */
export function foldRankers(models: readonly Models[]): Ranker[] {
  return models.map(({ weights, trees }) => makeRanker(weights, trees));
}

/** Fits all stages and the trees. */
export async function fitRanker(options: FitOptions): Promise<FittedModels> {
  const { sets, python, work, leaveOut, print } = options;
  mkdirSync(work, { recursive: true });
  const models: FittedModels = {
    whole: emptyModels(),
    folds: Array.from({ length: FOLDS }, emptyModels),
    without: new Map(leaveOut ? [...new Set(sets.map(({ kind }) => kind))].map((kind) => [kind, emptyModels()]) : []),
  };
  const jobs: FitJob[] = [{}, ...models.folds.map((_, fold) => ({ fold }))];
  for (const kind of models.without.keys()) {
    jobs.push({ sets: [...sets.keys()].filter((n) => sets[n]!.kind !== kind), quick: true });
  }
  const all = [models.whole, ...models.folds, ...models.without.values()];

  const header = (width: number): TrainingHeader => ({
    width,
    contexts: CONTEXT_SIGNALS.length,
    sets: sets.map(({ indexed }) => indexed.set.name),
    setWeights: sets.map(({ weight }) => weight),
    jobs,
  });
  const fitJobs = async <T>(kind: 'linear' | 'trees', file: TrainingFile): Promise<T[]> => {
    file.finish();
    await runFit(python, kind, file.path, `${file.path}.out.json`);
    return JSON.parse(readFileSync(`${file.path}.out.json`, 'utf8')) as T[];
  };

  for (let stage = 0; stage <= ROUNDS; stage++) {
    const file = new TrainingFile(join(work, `stage-${stage}`), header(stageWidth(stage)));
    const rankers = foldRankers(models.folds);
    sets.forEach((set, n) => {
      set.run(rankers, stage, false, (question, fold, staged) => {
        const gold = goldLabels(set, question, staged.last.passages);
        const { width } = staged.last;
        const features = staged.last.allFeatures();
        const rows = trainingRows(staged.last, features, gold);
        const chosen = new Float64Array(rows.length * width);
        rows.forEach((i, row) => {
          chosen.set(features.subarray(i * width, (i + 1) * width), row * width);
        });
        file.add({
          set: n,
          fold,
          context: staged.context,
          features: chosen,
          labels: Int32Array.from(rows, (i) => gold[i]!),
        });
      });
    });
    print(`stage ${stage}: features written`);
    const fitted = await fitJobs<number[]>('linear', file);
    all.forEach((model, i) => {
      model.weights.push(fitted[i]!);
    });
    print(`stage ${stage}: fitted`);
  }

  const file = new TrainingFile(join(work, 'trees'), header(LAST_FEATURES.length));
  const rankers = foldRankers(models.folds);
  sets.forEach((set, n) => {
    set.run(rankers, ROUNDS, true, (question, fold, staged: StagedScores) => {
      const { order, rows } = lastFeatures(staged);
      const labels = treeLabels(goldLabels(set, question, staged.last.passages), [...order]);
      const prior = Float64Array.from(order, (_, rank) => treePrior(rows, rank * LAST_FEATURES.length));
      file.add({ set: n, fold, context: staged.context, features: rows, labels, prior });
    });
  });
  const fitted = await fitJobs<TreeRecord[]>('trees', file);
  all.forEach((model, i) => {
    model.trees = fitted[i]!;
  });
  print('trees fitted');
  return models;
}

/** The record that the product loads. */
export function rankerRecord(models: Models, sets: readonly string[]): RankerRecord {
  return {
    format: 'hopwise-ranker/1',
    first: FIRST_FEATURES,
    round: ROUND_FEATURES,
    context: CONTEXT_SIGNALS,
    last: LAST_FEATURES,
    sets,
    weights: models.weights,
    trees: models.trees,
  };
}
