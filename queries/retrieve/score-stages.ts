/**
 * The staged scorer: stage 1, then rounds that each look at what the round before found, then trees over the best.
 * score_r(p) = w_r . [f_r(p), c1 f_r(p), ..., cn f_r(p)] with f_r the features of stage r and c the context signals.
 * The trainer runs this same code and stops after the stage that it fits.
 */
import type { ContextSignals } from '../types.js';
import { contextSignals } from './context-signals.js';
import { CONTEXT_SIGNALS, FIRST_FEATURES, LAST_FEATURES, ROUND_FEATURES, ROUNDS } from './features.js';
import { FirstStage } from './first-stage.js';
import type { Predecessor } from './predecessor.js';
import type { QuestionView } from './question-view.js';
import type { Ranker } from './ranker.js';
import { type RoundResult, Rounds } from './rounds.js';
import { TopK } from './top-k.js';

/** Rounds that a whole run makes. */
export const ROUNDS_RUN: number = ROUNDS;
/** Best passages of the last round that the trees reorder. */
export const TREE_DEPTH = 60;
const NO_FIRST_SCORE = -30;
const LAST_RANK = 100;

/** Candidates of one stage, ascending, with their scores once weighed. Their features are read where they lie. */
export class Stage {
  /** Features a candidate. */
  readonly width: number;
  /** Zero until weighed. */
  readonly scores: Float64Array;

  constructor(
    private readonly view: QuestionView,
    private readonly first: FirstStage,
    readonly passages: Uint32Array,
    private readonly round: RoundResult | undefined,
  ) {
    this.width = FIRST_FEATURES.length + (round === undefined ? 0 : ROUND_FEATURES.length);
    this.scores = new Float64Array(passages.length);
    first.prepare(passages);
  }

  /** Scores the candidates with effective weights, features in order. */
  weigh(weights: Float64Array): void {
    const { first, passages, round, scores, width } = this;
    const own = FIRST_FEATURES.length;
    let at = 0;
    for (let i = 0; i < passages.length; i++) {
      const from = first.featuresOf(passages[i]!);
      const { features } = this.view.slots;
      let sum = 0;
      for (let f = 0; f < own; f++) sum += features[from + f]! * weights[f]!;
      if (round !== undefined) for (let f = own; f < width; f++) sum += round.features[at++]! * weights[f]!;
      scores[i] = sum;
    }
  }

  /** Writes the features of candidate `i`, `width` numbers, to `out` from `at` on. Before the view is released. */
  putFeatures(i: number, out: Float64Array, at: number): void {
    const own = FIRST_FEATURES.length;
    const from = this.first.featuresOf(this.passages[i]!);
    out.set(this.view.slots.features.subarray(from, from + own), at);
    if (this.round === undefined) return;
    const extra = ROUND_FEATURES.length;
    out.set(this.round.features.subarray(i * extra, (i + 1) * extra), at + own);
  }

  /** Features of all candidates, row by row. Before the view is released. */
  allFeatures(): Float64Array {
    const rows = new Float64Array(this.passages.length * this.width);
    for (let i = 0; i < this.passages.length; i++) this.putFeatures(i, rows, i * this.width);
    return rows;
  }
}

export interface StagedScores {
  readonly signals: ContextSignals;
  readonly context: Float64Array;
  readonly first: Stage;
  /** The last stage that was run. */
  readonly last: Stage;
  /** How a passage of the last stage is best reached, if from another one. */
  readonly via: (passage: number) => Predecessor | undefined;
}

/**
 * Runs stages 0..`until` (default: all) for a question. `ranker` needs weights for the stages before `until`; the
 * stage `until` itself gets scores only where it has weights (`weighLast`).
 */
export function scoreStages(view: QuestionView, ranker: Ranker, until = ROUNDS, weighLast = true): StagedScores {
  const first = new FirstStage(view);
  const signals = contextSignals(view, first);
  const context = Float64Array.from(CONTEXT_SIGNALS, (name) => signals[name]);
  const rounds = new Rounds(view, first);
  const stageOf = (stage: number, passages: Uint32Array, round: RoundResult | undefined): Stage => {
    const made = new Stage(view, first, passages, round);
    if (stage < until || weighLast) made.weigh(ranker.weights(stage, context));
    return made;
  };
  const start = stageOf(0, first.candidates, undefined);
  let last = start;
  for (let stage = 1; stage <= until && last.passages.length > 0; stage++) {
    const round = rounds.next(last);
    last = stageOf(stage, round.passages, round);
  }
  return { signals, context, first: start, last, via: (passage) => rounds.predecessorOf(passage) };
}

/** Indices of the `depth` greatest scores, greatest first, ties by passage. */
function orderOf(scores: Float64Array, depth: number): Uint32Array {
  const heap = new TopK(Math.min(depth, scores.length));
  for (let i = 0; i < scores.length; i++) if (!heap.refuses(scores[i]!)) heap.offer(i, scores[i]!);
  return heap.sorted().ids;
}

/** What the trees see of the best `depth` candidates of the last round, in its order: `LAST_FEATURES` rows. */
export function lastFeatures(
  staged: StagedScores,
  depth = TREE_DEPTH,
): { readonly order: Uint32Array; readonly rows: Float64Array } {
  const { first, last, context } = staged;
  const firstScore = new Map<number, number>();
  let best = NO_FIRST_SCORE;
  first.passages.forEach((p, i) => {
    firstScore.set(p, first.scores[i]!);
  });
  const z = Float64Array.from(last.passages, (p) => firstScore.get(p) ?? NO_FIRST_SCORE);
  for (const score of z) best = Math.max(best, score);
  const firstRank = new Float64Array(z.length).fill(LAST_RANK);
  orderOf(z, LAST_RANK).forEach((i, rank) => {
    firstRank[i] = rank;
  });
  const order = orderOf(last.scores, depth);
  const rows = new Float64Array(order.length * LAST_FEATURES.length);
  const top = last.scores[order[0] ?? 0] ?? 0;
  order.forEach((i, rank) => {
    let at = rank * LAST_FEATURES.length;
    last.putFeatures(i, rows, at);
    at += last.width;
    rows.set(context, at);
    at += context.length;
    rows[at] = last.scores[i]! - top;
    rows[at + 1] = rank;
    rows[at + 2] = z[i]! - best;
    rows[at + 3] = firstRank[i]!;
  });
  return { order, rows };
}

export interface RankedPassage {
  readonly passage: number;
  readonly score: number;
  /** `LAST_FEATURES`. */
  readonly features: Float64Array;
}

/** The trees correct this share of the stage 1 score (minus the best, at least `PRIOR_FLOOR`), from which they are boosted. */
export const PRIOR = 0.5;
export const PRIOR_FLOOR = -12;
const FIRST_SCORE = LAST_FEATURES.indexOf('firstScore');

/** What the trees start from for the row at `at`: stage 1, which loses to no baseline. */
export function treePrior(rows: Float64Array, at: number): number {
  return PRIOR * Math.max(PRIOR_FLOOR, rows[at + FIRST_SCORE]!);
}

/**
 * Added to the trees where the collections that they learned from tell little: more of stage 1 where few documents name
 * each other (measured: no cost on multi-hop sets, .2 nDCG gained on others, .3 on kinds left out of training), and BM25
 * where the question is not in Latin script.
 */
const UNLINKED_FIRST = 1;
const FOREIGN_BM25 = 4;
const OWN = LAST_FEATURES.indexOf('own');
const LINKED = LAST_FEATURES.indexOf('linkedShare');
const FOREIGN = LAST_FEATURES.indexOf('foreign');

function guard(rows: Float64Array, at: number): number {
  const foreign = rows[at + FOREIGN]!;
  const first = Math.max(PRIOR_FLOOR, rows[at + FIRST_SCORE]!);
  return UNLINKED_FIRST * (1 - rows[at + LINKED]!) * (1 - foreign) * first + FOREIGN_BM25 * foreign * rows[at + OWN]!;
}

/** Below the passages that the trees order, the last round's order goes on from here. */
const BELOW_TREES = -1e3;
const ROUND_SCALE = 1e-3;

/** Candidates in their final order, at least the trees' depth of them; ties by passage. */
export function finalOrder(staged: StagedScores, ranker: Ranker, depth = TREE_DEPTH): RankedPassage[] {
  const { order, rows } = lastFeatures(staged, Math.max(depth, TREE_DEPTH));
  const { trees } = ranker;
  const width = LAST_FEATURES.length;
  const corrections = trees?.predict(rows, width, Math.min(order.length, TREE_DEPTH));
  return Array.from(order, (i, rank): RankedPassage => {
    const round = staged.last.scores[i]!;
    const score =
      corrections === undefined
        ? round
        : rank < TREE_DEPTH
          ? treePrior(rows, rank * width) + corrections[rank]! + guard(rows, rank * width)
          : BELOW_TREES + ROUND_SCALE * round;
    return { passage: staged.last.passages[i]!, score, features: rows.slice(rank * width, (rank + 1) * width) };
  }).sort((a, b) => b.score - a.score || a.passage - b.passage);
}
