/** A round: more candidates, and features of every candidate, given the passages that the round before found likely. */
import type { FirstStage } from './first-stage.js';
import { type Neighbourhood, neighbourhoodOf } from './neighbourhood.js';
import { type Predecessor, predecessorOf } from './predecessor.js';
import type { QuestionView } from './question-view.js';
import { RoundFeatures } from './round-features.js';
import type { Start } from './starts.js';
import { TopK } from './top-k.js';

/** Likely passages that a round starts from, and the least likelihood. */
const STARTS = 12;
const LEAST_PI = 1e-3;
/** Likely passages whose document's other passages lead on too, and how many of those. */
const SIBLING_STARTS = 4;
const SIBLINGS = 4;

export interface Scored {
  /** Ascending. */
  readonly passages: Uint32Array;
  readonly scores: Float64Array;
}

export interface RoundResult {
  /** Ascending. */
  readonly passages: Uint32Array;
  /** `ROUND_FEATURES.length` numbers a passage. */
  readonly features: Float64Array;
}

/** Likelihood of each passage relative to the best: exp(score - best). */
function likelihoods(scores: Float64Array): Float64Array {
  let best = Number.NEGATIVE_INFINITY;
  for (const score of scores) best = Math.max(best, score);
  return scores.map((score) => Math.exp(score - best));
}

export class Rounds {
  private readonly neighbourhoods = new Map<number, Neighbourhood>();
  private starts: readonly Start[] = [];
  private round = 0;

  constructor(
    private readonly view: QuestionView,
    private readonly first: FirstStage,
  ) {}

  private neighbourhood(p: number): Neighbourhood {
    let found = this.neighbourhoods.get(p);
    if (found === undefined) {
      this.view.index.visit?.(p);
      found = neighbourhoodOf(this.view, this.first, p);
      this.neighbourhoods.set(p, found);
    }
    return found;
  }

  /** Neighbourhoods of the other passages of a document that match the question best. */
  private siblingsOf(p: number): Neighbourhood[] {
    const { view } = this;
    return this.first
      .passagesOf(view.index.documentOf[p]!)
      .filter((q) => q !== p)
      .sort((a, b) => view.scoreOf(b) - view.scoreOf(a) || a - b)
      .slice(0, SIBLINGS)
      .map((q) => this.neighbourhood(q));
  }

  /** One round after the scores of the round before, which holds at least one passage. */
  next(previous: Scored): RoundResult {
    const pi = likelihoods(previous.scores);
    const best = new TopK(STARTS);
    for (let i = 0; i < pi.length; i++) if (!best.refuses(pi[i]!)) best.offer(i, pi[i]!);
    const starts: Start[] = [];
    const found: number[] = [];
    this.round++;
    for (let i = 0; i < pi.length; i++) this.take(previous.passages[i]!, found);
    for (const i of best.sorted().ids) {
      if (pi[i]! < LEAST_PI) break;
      const passage = previous.passages[i]!;
      const from = this.neighbourhood(passage);
      const siblings = starts.length < SIBLING_STARTS ? this.siblingsOf(passage) : [];
      for (const q of from.expansion) this.take(q, found);
      for (const { expansion } of siblings) for (const q of expansion) this.take(q, found);
      starts.push({ passage, pi: pi[i]!, from, siblings });
    }
    const { slots } = this.view;
    slots.pi.fill(0, 0, slots.count);
    for (let i = 0; i < pi.length; i++) slots.pi[this.view.slotOf(previous.passages[i]!)] = pi[i]!;
    this.starts = starts;

    const passages = Uint32Array.from(found).sort();
    const features = new RoundFeatures(this.view, passages);
    features.connect(starts);
    features.complete(starts);
    return { passages, features: features.rows };
  }

  /** Adds a passage to the round's candidates, once. */
  private take(p: number, found: number[]): void {
    const slot = this.view.slotOf(p);
    const { round } = this.view.slots;
    if (round[slot] === this.round) return;
    round[slot] = this.round;
    found.push(p);
  }

  /** How a candidate of the last round is best reached from a likelier passage. */
  predecessorOf(p: number): Predecessor | undefined {
    return predecessorOf(this.view, this.starts, p, this.view.slots.pi[this.view.slotOf(p)]!);
  }
}
